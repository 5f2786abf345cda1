package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.contract.Contract;
import io.phyla.api.contract.Operation;
import io.phyla.evaluators.training.TrainingDocument;
import io.phyla.search.document.SearchDocument;
import io.phyla.search.document.SearchSchema;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.RecordSchema;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The published contract against the standard and against the program. */
class ContractTest {

    private static final List<String> FOR_PEOPLE = List.of("description", "title", "example", "examples", "$schema");

    private final ObjectNode contract = Contract.load().json();

    /** The record, the schema derived from it and the contract cannot drift apart. */
    @Test
    void searchDocumentIsWhatTheProgramReads() {
        ObjectNode derived = SearchSchema.document();
        ObjectNode plain = RecordSchema.of(SearchDocument.class);
        ObjectNode members = (ObjectNode) derived.get("properties");
        for (String open : List.of("space", "strategy", "evaluators")) {
            members.set(open, plain.at("/properties/" + open));
        }
        ((ObjectNode) derived.at("/properties/finish/properties"))
                .set("evaluators", plain.at("/properties/finish/properties/evaluators"));
        ((ObjectNode) derived.at("/properties/finish/properties/metrics/items")).remove("enum");
        ((ObjectNode) derived.at("/properties/metrics/items")).remove("enum");
        ((ObjectNode) derived.at("/properties/objectives/items/properties/metric")).remove("enum");
        ((ObjectNode) derived.at("/properties/constraints/items/properties/metric")).remove("enum");
        assertThat(normal(contract.at("/components/schemas/SearchDocument")).toPrettyString())
                .isEqualTo(normal(derived).toPrettyString());
    }

    @Test
    void trainingDocumentIsWhatTheProgramReads() {
        assertThat(normal(contract.at("/components/schemas/TrainingDocument")).toPrettyString())
                .isEqualTo(normal(RecordSchema.of(TrainingDocument.class)).toPrettyString());
    }

    /** References resolved, members in order, numbers in one form, nothing that is only for people. */
    private JsonNode normal(JsonNode json) {
        return switch (json) {
            case ObjectNode object
            when object.has("$ref") ->
                normal(contract.at(object.get("$ref").asText().substring(1)));
            case ObjectNode object -> {
                ObjectNode normal = Json.MAPPER.createObjectNode();
                for (String name : new TreeSet<>(
                        object.properties().stream().map(Map.Entry::getKey).toList())) {
                    JsonNode value = object.get(name);
                    if (name.equals("properties")) {
                        normal.set(name, members((ObjectNode) value));
                    } else if (name.equals("required")) {
                        TreeSet<String> sorted = new TreeSet<>();
                        value.forEach(each -> sorted.add(each.asText()));
                        normal.set(name, Json.MAPPER.valueToTree(sorted));
                    } else if (!FOR_PEOPLE.contains(name)) {
                        normal.set(name, normal(value));
                    }
                }
                yield normal;
            }
            case ArrayNode array -> {
                ArrayNode normal = Json.MAPPER.createArrayNode();
                array.forEach(each -> normal.add(normal(each)));
                yield normal;
            }
            case JsonNode number
            when number.isNumber() ->
                Json.MAPPER.getNodeFactory().numberNode(number.decimalValue().stripTrailingZeros());
            case JsonNode other -> other;
        };
    }

    private ObjectNode members(ObjectNode properties) {
        ObjectNode normal = Json.MAPPER.createObjectNode();
        new TreeSet<>(properties.properties().stream().map(Map.Entry::getKey).toList())
                .forEach(name -> normal.set(name, normal(properties.get(name))));
        return normal;
    }

    /** Vert.x knows the standard, but neither all media types nor verbs behind a parameter; it gets others for them. */
    @Test
    void isOpenApi() throws Exception {
        ObjectNode plain = contract.deepCopy();
        known(plain);
        ObjectNode paths = plain.putObject("paths");
        contract.path("paths").properties().forEach(each -> {
            JsonNode item = each.getValue().deepCopy();
            known(item);
            paths.set(each.getKey().replace("}:", "}/"), item);
        });
        Vertx vertx = Vertx.vertx();
        try {
            OpenAPIContract read = OpenAPIContract.from(vertx, new JsonObject(plain.toString()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            assertThat(read.getVersion().toString()).isEqualTo("V3_1");
            assertThat(read.operations())
                    .extracting(io.vertx.openapi.contract.Operation::getOperationId)
                    .containsExactlyInAnyOrderElementsOf(Contract.load().operations().stream()
                            .map(Operation::id)
                            .toList());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    private static void known(JsonNode json) {
        if (json instanceof ObjectNode object && object.get("content") instanceof ObjectNode content) {
            content.retain("application/json");
            if (content.isEmpty()) {
                content.putObject("application/json").putObject("schema");
            }
        }
        json.forEach(ContractTest::known);
    }

    @Test
    void everyOperationThatNeedsARoleNamesOneAndTheOthersAreHarmless() {
        assertThat(Contract.load().operations().stream().filter(each -> each.role() == null))
                .extracting(Operation::id)
                .containsExactlyInAnyOrder("getLiveness", "getReadiness", "getContract", "getProblemPage");
        assertThat(Contract.load().operations()).extracting(Operation::id).doesNotHaveDuplicates();
    }
}
