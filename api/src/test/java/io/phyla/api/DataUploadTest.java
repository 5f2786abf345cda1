package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.upload.UploadLimits;
import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.upload.Upload;
import io.phyla.storage.upload.Upload.Kind;
import io.phyla.storage.upload.Uploads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data sets come in over HTTP, are known by their content, and are used by their name. */
@Timeout(180)
class DataUploadTest {

    private static final UploadLimits FEW = new UploadLimits(1 << 20, 2, 2 << 20, 2);
    private static final byte[] DATA = Images.cifar(60, 1);

    @TempDir
    static Path directory;

    private static Service service;
    private static Client client;

    @BeforeAll
    static void start() {
        service = Service.start(directory, FEW);
        client = service.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        service.close();
    }

    @AfterEach
    void deleteAll() {
        for (JsonNode each : client.all("/v1/data?limit=500")) {
            client.delete("/v1/data/" + each.path("id").asText());
        }
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("artifacts"))) {
            return files.filter(Files::isRegularFile)
                    .map(each -> each.getFileName().toString())
                    .filter(each -> !each.equals("names.json"))
                    .toList();
        }
    }

    private static void awaitNoFiles() throws IOException, InterruptedException {
        while (!files().isEmpty()) {
            Thread.sleep(10);
        }
    }

    private static String uploaded(String name, byte[] content) {
        Client.Got got = client.upload("/v1/data?name=" + name, content);
        assertThat(got.status()).as("%s", got.json()).isEqualTo(201);
        return got.header("Location");
    }

    @Test
    void comesIsFoundIsUsedAndGoes() throws Exception {
        Client.Got made = client.upload("/v1/data?name=noise", DATA, "Idempotency-Key", "k");
        assertThat(made.status()).as("%s", made.json()).isEqualTo(201);
        String path = made.header("Location");
        String id = path.substring("/v1/data/".length());
        JsonNode data = client.get(path).json();
        assertThat(data).isEqualTo(made.json());
        assertThat(data.path("id").asText()).isEqualTo(id);
        assertThat(data.path("format").asText()).isEqualTo("cifar");
        assertThat(data.at("/images/train").asInt()).isEqualTo(48);
        assertThat(data.path("bytes").asInt()).isEqualTo(DATA.length);
        assertThat(files()).containsExactly(id);

        Client.Got again = client.upload("/v1/data?name=another&sha256=" + id, DATA, "Idempotency-Key", "k");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(data);
        assertThat(client.all("/v1/data?limit=1")).containsExactly(data);
        assertThat(client.get("/v1/artifacts").json().at("/items/0/name").asText())
                .isEqualTo("noise");

        String training = train();
        JsonNode trained = client.awaitEnd(training);
        assertThat(trained.path("ended_by").asText()).isEqualTo("finished");
        assertThat(trained.at("/training/data").asText()).isEqualTo("noise@" + id);
        assertThat(client.delete(training).status()).isEqualTo(204);
        JsonNode search = client.awaitEnd(client.start(search(3).toString()));
        assertThat(search.at("/progress/measured").asInt()).isEqualTo(3);
        assertThat(search.at("/document/evaluators/proxies/data").asText()).isEqualTo("noise@" + id);

        String running = client.start(search(1_000_000).toString());
        Client.Got inUse = client.delete(path);
        assertThat(inUse.status()).isEqualTo(409);
        assertThat(inUse.json().path("detail").asText())
                .contains(running.substring(running.lastIndexOf('/') + 1), "cancel");
        client.post(running + ":cancel");
        client.awaitEnd(running);
        assertThat(client.delete(path).status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(client.delete(path).status()).isEqualTo(404);
        assertThat(files()).isEmpty();
        assertThat(client.get("/v1/artifacts").json().path("items")).isEmpty();
        assertThat(client.create(search(3).toString()).json().toString()).contains("there is no data set 'noise'");
    }

    private static String train() throws IOException {
        ObjectNode document = (ObjectNode) Json.MAPPER.readTree("""
            {"name": "small", "network": {"nodes": [
              {"name": "image", "op": "input", "inputs": [], "shape": {"channels": 3, "height": 32, "width": 32}},
              {"name": "mean", "op": "global_pooling", "inputs": ["image"]},
              {"name": "classes", "op": "linear", "features": 10, "bias": true, "inputs": ["mean"]}]},
             "training": {"data": "noise", "steps": 4, "recipe": {"batch": 8}}}
            """);
        Client.Got created = client.post("/v1/trainings", document.toString(), "Idempotency-Key", "training");
        assertThat(created.status()).as("%s", created.json()).isEqualTo(202);
        return created.header("Location");
    }

    private static ObjectNode search(int evaluations) {
        ObjectNode document = Documents.small(evaluations);
        ((ObjectNode) document.at("/space/parameters")).put("resolution", 32);
        document.withArray("objectives").removeAll().addObject().put("metric", "naswot");
        document.putObject("evaluators")
                .putObject("proxies")
                .put("data", "noise")
                .put("batch", 8);
        document.withObject("/budget").put("patience", 1_000_000);
        return document;
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItHasCome() throws Exception {
        byte[] large = new byte[(1 << 20) + 1];
        Client.Got announced = client.upload("/v1/data?name=large", large);
        assertThat(announced.status()).isEqualTo(413);
        assertThat(announced.json().path("detail").asText()).contains("1048577", "1048576", "--max-upload");
        Client.Got chunked = client.send(client.request("/v1/data?name=large")
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(chunked.type()).isEqualTo("/problems/too-large");
        // A careful client announces and waits: it is refused without having sent anything.
        assertThat(RawHttp.ask(
                        service.port(),
                        head("large") + "Expect: 100-continue\r\nContent-Length: " + (1L << 40) + "\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(RawHttp.ask(service.port(), head("large") + "Content-Length: 99999999999999999999\r\n"))
                .matches("(?s)HTTP/1.1 4\\d\\d .*");
        awaitNoFiles();
    }

    private static String head(String name) {
        return "POST /v1/data?name=" + name + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/octet-stream\r\n";
    }

    /** One that begins to send and waits. */
    private static Socket begin(String name) throws IOException, InterruptedException {
        int before = files().size();
        Socket socket = new Socket("127.0.0.1", service.port());
        OutputStream out = socket.getOutputStream();
        out.write((head(name) + "Content-Length: 100000\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[5000]);
        out.flush();
        while (files().size() == before) {
            Thread.sleep(10);
        }
        return socket;
    }

    @Test
    void onlySoManyComeAtOnceAndAClientThatGoesLeavesNothing() throws Exception {
        Socket first = begin("first");
        Socket second = begin("second");
        Client.Got busy = client.upload("/v1/data?name=noise", DATA);
        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.type()).isEqualTo("/problems/overloaded");
        assertThat(busy.header("Retry-After")).isNotBlank();
        first.close();
        second.close();
        awaitNoFiles();
        uploaded("noise", DATA);
    }

    @Test
    void thereIsABoundAndANameStandsForOneContent() {
        String noise = uploaded("noise", DATA);
        Client.Got taken = client.upload("/v1/data?name=noise", Images.cifar(60, 2));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().path("detail").asText()).contains("'noise'");
        assertThat(client.upload("/v1/data?name=glyphs", Images.cifar(60, 2)).status())
                .isEqualTo(409);
        uploaded("idx", Images.zip(Images.idx(40, 1)));
        Client.Got full = client.upload("/v1/data?name=third", Images.cifar(60, 3));
        assertThat(full.status()).isEqualTo(507);
        assertThat(full.json().path("detail").asText()).contains("there are 2 uploads");
        assertThat(client.delete(noise).status()).isEqualTo(204);
        uploaded("noise", Images.cifar(200, 3));
        assertThat(client.all("/v1/data?limit=500"))
                .extracting(each -> each.path("name").asText())
                .containsExactly("noise", "idx");
    }

    @Test
    void whatIsWrongWithTheRequestIsSaid() {
        String wrong = "0".repeat(64);
        Client.Got other = client.upload("/v1/data?name=noise&sha256=" + wrong, DATA);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().at("/errors/0/parameter").asText()).isEqualTo("sha256");
        assertThat(client.upload("/v1/data", DATA).status()).isEqualTo(400);
        assertThat(client.upload("/v1/data?name=No%20Name", DATA).status()).isEqualTo(400);
        assertThat(client.post("/v1/data?name=noise", "{}").status()).isEqualTo(415);
        uploaded("noise", DATA);
        assertThat(client.upload("/v1/data?name=noise", DATA, "Idempotency-Key", "l")
                        .status())
                .isEqualTo(200);
        Client.Got mismatch = client.upload("/v1/data?name=noise2", Images.cifar(60, 2), "Idempotency-Key", "l");
        assertThat(mismatch.status()).isEqualTo(422);
        assertThat(mismatch.type()).isEqualTo("/problems/idempotency-mismatch");
        assertThat(client.all("/v1/data?limit=500")).hasSize(1);
    }

    @Test
    void whatCannotBeKeptLeavesNothingAndComesAgain() throws Exception {
        String id =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(DATA));
        Path inTheWay = directory.resolve("artifacts/" + id);
        Files.createDirectory(inTheWay);
        assertThat(client.upload("/v1/data?name=later", DATA).status()).isEqualTo(500);
        assertThat(client.all("/v1/data?limit=500")).isEmpty();
        Files.delete(inTheWay);
        uploaded("later", DATA);
    }

    /** A process may die between row, file and name. */
    @Test
    void aRestartRemovesWhatIsNotWholeAndNamesWhatIs() throws Exception {
        String lost = uploaded("lost", DATA);
        String kept = uploaded("kept", Images.zip(Images.idx(40, 1)));
        FileArtifacts artifacts = service.artifacts;
        String space = "5".repeat(64);
        new Uploads(service.database, service.journal)
                .add(new Upload(Kind.SPACE, space, "without a file", 1, 1, "{}", Set.of(space)));
        stop();
        Files.delete(artifacts.open(lost.substring("/v1/data/".length())).orElseThrow());
        artifacts.unname(kept.substring("/v1/data/".length()));
        Files.writeString(
                Files.createDirectories(directory.resolve("artifacts/incoming/old"))
                        .resolve("part"),
                "x");
        start();
        assertThat(new Uploads(service.database, service.journal)
                        .usage(Kind.DATA)
                        .count())
                .isEqualTo(1);
        assertThat(client.get("/v1/spaces/" + space).status()).isEqualTo(404);
        assertThat(new Uploads(service.database, service.journal).find(Kind.SPACE, space))
                .isEmpty();
        assertThat(client.get("/v1/artifacts").json().path("items"))
                .extracting(each -> each.path("name").asText())
                .containsExactly("kept");
        assertThat(files()).containsExactly(kept.substring("/v1/data/".length()));
        assertThat(client.all("/v1/data?limit=500")).hasSize(1);
    }
}
