package io.phyla.api.events;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A journal entry as a server-sent event.
 *
 * @param last whether nothing follows it
 */
public record Event(String text, boolean last) {

    public static Event of(long sequence, String name, ObjectNode data, boolean last) {
        return new Event("id: " + sequence + "\nevent: " + name + "\ndata: " + data + "\n\n", last);
    }
}
