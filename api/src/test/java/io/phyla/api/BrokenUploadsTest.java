package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes in, the answer says what is wrong with it, nothing of it stays, and the next upload finds all in order. */
@Timeout(300)
class BrokenUploadsTest {

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

    private static void assertRefused(String kind, String what, byte[] content) {
        Client.Got got = client.upload("/v1/" + kind + "?name=broken", content);
        assertThat(got.status()).as("%s: %s", what, got.json()).isEqualTo(422);
        assertThat(got.type()).isEqualTo("/problems/invalid-upload");
        assertThat(got.json().at("/errors/0/detail").asText())
                .as(what)
                .isNotBlank()
                .doesNotContain(directory.toString())
                .doesNotContain("Exception");
    }

    private static void assertAllInOrder() throws IOException {
        assertThat(client.all("/v1/models?limit=500")).isEmpty();
        assertThat(client.all("/v1/data?limit=500")).isEmpty();
        try (Stream<Path> files = Files.walk(directory.resolve("artifacts"))) {
            assertThat(files.filter(Files::isRegularFile)).allMatch(each -> each.endsWith("names.json"));
        }
    }

    /** Whatever was changed in a model's bytes, it is read as another model or refused by name. */
    @Test
    void modelsThatWereDamaged() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        byte[] whole = Models.bytes(3);
        for (int i = 0; i < 40; i++) {
            assertRefused("models", "cut", Arrays.copyOf(whole, random.nextInt(whole.length)));
        }
        for (int i = 0; i < 40; i++) {
            byte[] noise = new byte[1 + random.nextInt(5000)];
            random.nextBytes(noise);
            assertRefused("models", "noise", noise);
        }
        for (int i = 0; i < 40; i++) {
            byte[] flipped = whole.clone();
            flipped[random.nextInt(200)] ^= (byte) (1 << random.nextInt(8));
            Client.Got got = client.upload("/v1/models?name=flipped", flipped);
            assertThat(got.status()).as("%s", got.json()).isIn(201, 200, 422);
            if (got.status() == 201) {
                client.delete(got.header("Location"));
            }
        }
        assertAllInOrder();
    }

    @Test
    void modelsThatAreBombs() throws IOException {
        Map<String, ModelProto.Builder> bombs = new LinkedHashMap<>();
        ModelProto.Builder shape = Models.small(1);
        TensorProto.Builder tensor = shape.getGraphBuilder().getInitializerBuilder(0);
        tensor.clearDims().addDims(1 << 30).addDims(1 << 30).addDims(3).addDims(3);
        bombs.put("a tensor of absurd shape", shape);
        ModelProto.Builder input = Models.small(1);
        input.getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .getDimBuilder(2)
                .setDimValue(1L << 40);
        bombs.put("an absurd input", input);
        ModelProto.Builder outside = Models.small(1);
        outside.getGraphBuilder()
                .getInitializerBuilder(0)
                .clearRawData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd"));
        bombs.put("weights in a file elsewhere", outside);
        ModelProto.Builder circle = Models.small(1);
        circle.getGraphBuilder().getNodeBuilder(0).setInput(0, "rectified");
        bombs.put("a circle", circle);
        ModelProto.Builder large = Models.small(1);
        for (int i = 0; i < 20_000; i++) {
            large.getGraphBuilder().addNode(Models.node("n" + i, "Relu", "r" + i, i == 0 ? "maps" : "r" + (i - 1)));
        }
        bombs.put("twenty thousand nodes", large);
        bombs.forEach(
                (what, model) -> assertRefused("models", what, model.build().toByteArray()));
        byte[] deep = new byte[60_000];
        Arrays.fill(deep, (byte) 0x3b);
        assertRefused("models", "nested groups", deep);
        assertRefused("models", "a data set", Images.cifar(20, 1));
        assertRefused("models", "nothing", new byte[0]);
        assertThat(client.upload("/v1/models?name=zeros", new byte[100])
                        .json()
                        .path("detail")
                        .asText())
                .startsWith("it is no ONNX model: ");
        assertAllInOrder();
    }

    @Test
    void dataThatWasDamaged() throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        byte[] records = Images.cifar(40, 1);
        byte[] zip = Images.zip(Images.idx(40, 1));
        for (int i = 0; i < 15; i++) {
            assertRefused("data", "cut zip", Arrays.copyOf(zip, random.nextInt(zip.length)));
            int kept = 1 + random.nextInt(38);
            assertRefused("data", "cut records", Arrays.copyOf(records, kept * 3073 + 1 + random.nextInt(3072)));
            byte[] label = records.clone();
            label[random.nextInt(40) * 3073] = (byte) (10 + random.nextInt(200));
            assertRefused("data", "no label", label);
            byte[] noise = new byte[1 + random.nextInt(20_000)];
            random.nextBytes(noise);
            assertRefused("data", "noise", noise);
        }
        for (int i = 0; i < 15; i++) {
            byte[] flipped = zip.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            Client.Got got = client.upload("/v1/data?name=flipped", flipped);
            assertThat(got.status()).as("%s", got.json()).isIn(201, 422);
            if (got.status() == 201) {
                client.delete(got.header("Location"));
            }
        }
        assertAllInOrder();
    }

    private static byte[] gzip(byte[] piece, int times) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < times; i++) {
                out.write(piece);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] idxHeader(int magic, int... sizes) {
        ByteBuffer header = ByteBuffer.allocate(4 + 4 * sizes.length).putInt(magic);
        for (int size : sizes) {
            header.putInt(size);
        }
        return header.array();
    }

    private static byte[] npy(String header) {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(10 + text.length)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .put((byte) text.length)
                .put((byte) (text.length >> 8))
                .put(text)
                .array();
    }

    private static byte[] npz(String shape) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("images.npy", npy("{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + ")}"));
        entries.put("labels.npy", npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1000000000,)}"));
        return Images.zip(entries);
    }

    private static byte[] entry(String name, byte[] content) {
        return Images.zip(Map.of(name, content));
    }

    @Test
    void dataThatAreBombs() throws IOException {
        byte[] black = new byte[30730];
        assertRefused("data", "records without end", gzip(black, 8_900));
        Map<String, byte[]> idx = new LinkedHashMap<>();
        idx.put("train-images-idx3-ubyte", idxHeader(0x803, Integer.MAX_VALUE, 1, 1));
        idx.put("train-labels-idx1-ubyte", idxHeader(0x801, Integer.MAX_VALUE));
        assertRefused("data", "absurdly many images", Images.zip(idx));
        idx.put("train-images-idx3-ubyte", idxHeader(0x803, 10, Integer.MAX_VALUE, Integer.MAX_VALUE));
        assertRefused("data", "absurdly large images", Images.zip(idx));
        idx.put("train-images-idx3-ubyte", idxHeader(0x803, 100_000, 28, 28));
        idx.put("train-labels-idx1-ubyte", idxHeader(0x801, 100_000));
        assertRefused("data", "announced and not there", Images.zip(idx));
        for (String shape : List.of(
                "1000000000, 1024, 1024, 3",
                "99999999999999999999, 8, 8",
                "9".repeat(60_000),
                "1,".repeat(20_000),
                "10, 2147483647, 2147483647, 4",
                "-1, 8, 8",
                "0, 8, 8",
                "")) {
            assertRefused("data", "npz of shape " + shape.substring(0, Math.min(30, shape.length())), npz(shape));
        }
        assertRefused("data", "deep header", entry("images.npy", npy("(".repeat(60_000))));
        assertRefused("data", "nested archive", entry("a/b.png", gzip(gzip(black, 3_000), 1)));
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 70_000; i++) {
            many.put(i + "/x.png", new byte[0]);
        }
        assertRefused("data", "too many classes", Images.zip(many));
        assertRefused("data", "a model", Models.bytes(1));
        assertRefused("data", "nothing", new byte[0]);
        assertRefused("data", "a text", "class,image\n0,a.png\n".repeat(100).getBytes(StandardCharsets.UTF_8));
        assertAllInOrder();
    }

    /** The one that reads is gone in the middle: that upload is answered, and the next one read. */
    @Test
    void theReaderIsKilled() throws Exception {
        assertRefused("data", "noise", new byte[5000]);
        long first = service.inspector.pid().orElseThrow();
        byte[] slow = gzip(new byte[3073 * 10], 5_000);
        Thread killer = Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(150);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
        });
        Client.Got got = client.upload("/v1/data?name=slow", slow);
        killer.join();
        assertThat(got.status()).isIn(201, 422);
        if (got.status() == 201) {
            client.delete(got.header("Location"));
        }
        assertRefused("data", "noise", new byte[5000]);
        assertThat(service.inspector.pid()).isPresent().get().isNotEqualTo(first);
    }
}
