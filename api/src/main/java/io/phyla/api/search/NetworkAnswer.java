package io.phyla.api.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.http.Answer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.schema.Json;

/** A network and what it costs as the contract's {@code Network}. */
public final class NetworkAnswer {

    private NetworkAnswer() {}

    public static Answer of(Network network) {
        ObjectNode json = NetworkJson.write(network);
        json.set("costs", Json.MAPPER.valueToTree(NetworkCost.of(network)));
        return Answer.json(json);
    }
}
