package io.phyla.api.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.search.CandidateJson;
import io.phyla.api.search.FinishJson;
import io.phyla.api.search.SearchJson;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.progress.SearchState;
import io.phyla.search.run.Live;
import io.phyla.spaces.schema.Json;
import org.jspecify.annotations.Nullable;

/** What happens in a search, as events. */
final class SearchEvent {

    private SearchEvent() {}

    /** @param live the search in this process; null if it does not run */
    static Event of(Entry entry, JsonNode document, @Nullable Live live) {
        return switch (entry) {
            case Entry.CandidateDone done ->
                Event.of(done.sequence(), "candidate", candidate(done, document, live), false);
            case Entry.FinalDone done -> Event.of(done.sequence(), "final", FinishJson.event(done), false);
            case Entry.StateChanged changed ->
                Event.of(
                        changed.sequence(),
                        "state",
                        Json.MAPPER
                                .createObjectNode()
                                .put("sequence", changed.sequence())
                                .put("state", SearchJson.name(changed.state()))
                                .put("ended_by", SearchJson.endedBy(changed.state(), changed.reason())),
                        changed.state().ended());
        };
    }

    private static ObjectNode candidate(Entry.CandidateDone done, JsonNode document, @Nullable Live live) {
        ObjectNode data = Json.MAPPER.createObjectNode().put("sequence", done.sequence());
        data.set("candidate", CandidateJson.brief(done.candidate(), done.joined()));
        ArrayNode left = data.putArray("left");
        done.left().forEach(left::add);
        data.set("progress", SearchJson.progress(document, SearchState.RUNNING, done.summary(), live));
        data.set("funnel", SearchJson.funnel(done.summary()));
        data.put("front_size", done.summary().frontSize());
        data.set("best", SearchJson.best(done.summary()));
        return data;
    }
}
