package io.phyla.api.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.search.document.Parameters;
import io.phyla.search.document.Providers;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.SpaceProvider;
import java.util.LinkedHashMap;
import java.util.Map;

/** The spaces of recent searches, so that a page of candidates does not build one each. */
public final class KnownSpaces {

    private static final int REMEMBERED = 32;

    private final Map<JsonNode, SearchSpace> recent = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JsonNode, SearchSpace> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param document a document that was accepted once */
    public SearchSpace of(JsonNode document) {
        JsonNode part = document.path("space");
        synchronized (recent) {
            SearchSpace known = recent.get(part);
            if (known != null) {
                return known;
            }
        }
        String name = part.path("name").asText();
        SpaceProvider<?> provider = Providers.spaces().get(name);
        if (provider == null) {
            throw new IllegalStateException("this program has no space '" + name + "' any more");
        }
        SearchSpace made = make(provider, part.path("parameters"));
        synchronized (recent) {
            recent.put(part, made);
        }
        return made;
    }

    private static <P extends Record> SearchSpace make(SpaceProvider<P> provider, JsonNode parameters) {
        return provider.create(Parameters.read(parameters, provider.parameters()));
    }
}
