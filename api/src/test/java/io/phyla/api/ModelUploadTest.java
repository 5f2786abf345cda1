package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.weights.SafeTensors;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkJson;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models come in over HTTP and become networks with weights. */
@Timeout(180)
class ModelUploadTest {

    @TempDir
    static Path directory;

    private static Service service;
    private static Client client;

    @BeforeAll
    static void start() {
        service = Service.start(directory);
        client = service.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        service.close();
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("artifacts"))) {
            return files.filter(Files::isRegularFile)
                    .map(each -> each.getFileName().toString())
                    .toList();
        }
    }

    private static String uploaded(byte[] model) {
        Client.Got got = client.upload("/v1/models?name=A%20model", model);
        assertThat(got.status()).as("%s", got.json()).isEqualTo(201);
        return got.header("Location");
    }

    @Test
    void becomesANetworkWithItsWeights() throws Exception {
        byte[] bytes = Models.bytes(1);
        String path = uploaded(bytes);
        JsonNode model = client.get(path).json();
        assertThat(path).isEqualTo("/v1/models/" + model.path("id").asText());
        assertThat(model.path("name").asText()).isEqualTo("A model");
        assertThat(model.path("opset").asInt()).isEqualTo(17);
        assertThat(model.path("producer").asText()).isEqualTo("test");
        assertThat(model.path("input").toString()).isEqualTo("{\"channels\":3,\"height\":8,\"width\":8}");
        assertThat(model.at("/output/channels").asInt()).isEqualTo(10);
        assertThat(model.at("/costs/params").asLong()).isEqualTo(3 * 4 * 9 + 4 + 4 * 10 + 10);
        assertThat(model.at("/costs/macs").asLong()).isEqualTo(3 * 4 * 9 * 16 + 4 * 10);

        Client.Got network = client.get(path + "/network");
        Network read = NetworkJson.read(network.json());
        assertThat(read.nodes()).hasSize(model.path("layers").asInt());
        assertThat(network.json().path("costs")).isEqualTo(model.path("costs"));
        assertThat(client.get(path + "/content").response().body()).isEqualTo(bytes);
        Client.Got tensors = client.get(path + "/weights");
        Path file = Files.write(directory.resolve("weights"), tensors.response().body());
        assertThat(FileArtifacts.sha256(file)).isEqualTo(model.path("weights").asText());
        Weights weights = SafeTensors.read(file, read);
        assertThat(weights.network().nodes()).isEqualTo(read.nodes());
        assertThat(client.send(client.request(path + "/weights").header("If-None-Match", tensors.header("ETag")))
                        .status())
                .isEqualTo(304);

        Client.Got again = client.send(client.request("/v1/models?name=other")
                .header("Content-Type", "application/onnx")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(model);
    }

    /** What differs only in who says to have written it has the same network and weights. */
    @Test
    void filesAreSharedByModelsThatCameToTheSame() throws Exception {
        int before = files().size();
        String first = uploaded(Models.small(7).build().toByteArray());
        String second = uploaded(Models.small(7).setProducerName("other").build().toByteArray());
        JsonNode model = client.get(second).json();
        assertThat(client.get(first).json().path("weights")).isEqualTo(model.path("weights"));
        assertThat(files()).hasSize(before + 4);
        assertThat(client.all("/v1/models?limit=1"))
                .extracting(each -> each.path("id").asText())
                .startsWith(model.path("id").asText());
        assertThat(client.delete(first).status()).isEqualTo(204);
        assertThat(client.get(first + "/weights").status()).isEqualTo(404);
        assertThat(client.get(second + "/weights").status()).isEqualTo(200);
        assertThat(files()).hasSize(before + 3);
        assertThat(client.delete(second).status()).isEqualTo(204);
        assertThat(files()).hasSize(before);
    }

    @Test
    void namesTheNodesThatCannotBeRead() {
        var model = Models.small(1);
        model.getGraphBuilder().getNodeBuilder(1).setOpType("Erf");
        Client.Got got = client.upload("/v1/models?name=erf", model.build().toByteArray());
        assertThat(got.status()).isEqualTo(422);
        assertThat(got.type()).isEqualTo("/problems/invalid-upload");
        assertThat(got.json().at("/errors/0/part").asText()).isEqualTo("second");
        assertThat(got.json().at("/errors/0/detail").asText()).contains("Erf");
    }
}
