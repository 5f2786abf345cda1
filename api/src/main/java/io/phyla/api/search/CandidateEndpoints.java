package io.phyla.api.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.contract.Parameters;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.api.problem.ProblemException;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.document.Providers;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Nearest;
import io.phyla.storage.query.CandidateOrder;
import io.phyla.storage.query.CandidateQueries;
import io.phyla.storage.query.Page;
import io.phyla.storage.query.StoredCandidate;
import io.phyla.storage.query.StoredSearch;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Candidates of a search: pages, one, its network and family, the front, points to plot. */
public final class CandidateEndpoints {

    private final Store store;

    public CandidateEndpoints(Store store) {
        this.store = store;
    }

    public Answer list(Call call) {
        Parameters parameters = call.parameters();
        StoredSearch search = store.search(parameters);
        CandidateOrder order = CandidateOrder.parse(parameters.text("sort"));
        if (order.metric() != null) {
            known("sort", order.metric(), search);
        }
        CandidateState state = parameters
                .optionalText("state")
                .map(name -> CandidateState.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(null);
        return page(
                search,
                store.candidates()
                        .list(search.header().id(), order, state, Store.cursor(parameters), Store.limit(parameters)));
    }

    public Answer front(Call call) {
        Parameters parameters = call.parameters();
        StoredSearch search = store.search(parameters);
        return page(
                search,
                store.candidates().front(search.header().id(), Store.cursor(parameters), Store.limit(parameters)));
    }

    public Answer get(Call call) {
        StoredSearch search = store.search(call.parameters());
        return Answer.json(
                CandidateJson.of(search.header().id(), store.space(search), store.candidate(call.parameters())));
    }

    public Answer network(Call call) {
        StoredSearch search = store.search(call.parameters());
        StoredCandidate candidate = store.candidate(call.parameters());
        return NetworkAnswer.of(
                store.space(search).decode(candidate.candidate().genome()).network());
    }

    public Answer ancestors(Call call) {
        Parameters parameters = call.parameters();
        StoredSearch search = store.search(parameters);
        store.candidate(parameters);
        CandidateQueries.Ancestors found = store.candidates()
                .ancestors(
                        search.header().id(),
                        parameters.number("number"),
                        (int) parameters.number("depth"),
                        Store.limit(parameters));
        ObjectNode json = items(search, found.items());
        return Answer.json(json.put("truncated", found.truncated()));
    }

    public Answer descendants(Call call) {
        Parameters parameters = call.parameters();
        StoredSearch search = store.search(parameters);
        store.candidate(parameters);
        return page(
                search,
                store.candidates()
                        .children(
                                search.header().id(),
                                parameters.number("number"),
                                Store.cursor(parameters),
                                Store.limit(parameters)));
    }

    public Answer points(Call call) {
        Parameters parameters = call.parameters();
        StoredSearch search = store.search(parameters);
        String x = known("x", parameters.text("x"), search);
        String y = known("y", parameters.text("y"), search);
        CandidateQueries.Points points = store.candidates()
                .points(search.header().id(), x, y, parameters.number("after"), Store.limit(parameters));
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("items");
        points.items()
                .forEach(each ->
                        items.addArray().add(each.number()).add(each.x()).add(each.y()));
        json.put("next", points.next());
        return Answer.json(json);
    }

    private static String known(String parameter, String metric, StoredSearch search) {
        Set<String> measured = SearchJson.metrics(SearchJson.document(search));
        if (measured.contains(metric)) {
            return metric;
        }
        String detail = Providers.metrics().containsKey(metric)
                ? metric + " is not measured in this search, which has " + String.join(", ", measured)
                : Nearest.unknown("metric", metric, new TreeSet<>(measured));
        throw ProblemException.parameter(parameter, detail);
    }

    private Answer page(StoredSearch search, Page<StoredCandidate> page) {
        ObjectNode json = items(search, page.items());
        page.next().ifPresent(next -> json.put("next", next));
        return Answer.json(json);
    }

    private ObjectNode items(StoredSearch search, List<StoredCandidate> candidates) {
        SearchSpace space = store.space(search);
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("items");
        candidates.forEach(each -> items.add(CandidateJson.of(search.header().id(), space, each)));
        return json;
    }
}
