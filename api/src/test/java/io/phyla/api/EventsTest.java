package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Event streams: complete, in order, and no reader's trouble is anybody else's. */
@Timeout(120)
class EventsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void readersThatComeAndGoSeeEveryEventOnce() throws Exception {
        try (Service service = Service.start(directory);
                Client client = service.client();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String search = client.start(Documents.small(3000).toString());
            List<Callable<List<Long>>> readers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                long seed = i;
                readers.add(() -> readInPieces(client, search, seed));
            }
            List<Future<List<Long>>> seen = threads.invokeAll(readers);
            long last = client.awaitEnd(search).path("sequence").asLong();
            List<Long> all = LongStream.rangeClosed(1, last).boxed().toList();
            for (Future<List<Long>> each : seen) {
                assertThat(each.get()).isEqualTo(all);
            }
        }
    }

    /** Breaks off after a random number of events and takes the stream up with Last-Event-ID, until it ends. */
    private static List<Long> readInPieces(Client client, String search, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<Long> seen = new ArrayList<>();
        while (true) {
            long last = seen.isEmpty() ? 0 : seen.getLast();
            try (EventStream stream = new EventStream(client, search, last)) {
                int most = random.nextInt(1, 900);
                for (int i = 0; i < most; i++) {
                    EventStream.Event event = stream.next();
                    seen.add(event.id());
                    assertThat(event.data().path("sequence").asLong()).isEqualTo(event.id());
                    if (event.name().equals("state") && event.data().hasNonNull("ended_by")) {
                        assertThat(stream.next())
                                .as("the stream ends with the search")
                                .isNull();
                        return seen;
                    }
                }
            }
        }
    }

    @Test
    void tellsWhatJoinedAndLeftTheFront() throws Exception {
        try (Service service = Service.start(directory);
                Client client = service.client()) {
            String search = client.run(
                    client.get("/v1/examples").json().at("/items/0/document").toString());
            List<Long> front = new ArrayList<>();
            try (EventStream stream = new EventStream(client, search, 0)) {
                for (EventStream.Event event : stream.rest()) {
                    if (event.data().at("/candidate/on_front").asBoolean()) {
                        front.add(event.data().at("/candidate/number").asLong());
                    }
                    event.data()
                            .path("left")
                            .forEach(each ->
                                    assertThat(front.remove(each.asLong())).isTrue());
                    if (event.name().equals("candidate")) {
                        assertThat(event.data().path("front_size").asInt()).isEqualTo(front.size());
                    }
                }
            }
            List<Long> expected = client.all(search + "/front?limit=500").stream()
                    .map(each -> each.path("number").asLong())
                    .toList();
            assertThat(front).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void aReaderThatDoesNotReadIsCutOffAndKeepsNobodyWaiting() throws Exception {
        try (Service service = Service.start(directory, LONG, Duration.ofMillis(500));
                Client client = service.client()) {
            String search = client.start(Documents.endless(0).toString());
            try (Socket idle = open(service, search);
                    EventStream reading = new EventStream(client, search, 0)) {
                await(() -> service.events.readers() == 2, "two readers");
                long seen = 0;
                while (service.events.readers() == 2) {
                    long id = reading.next().id();
                    assertThat(id).isEqualTo(++seen);
                }
                for (int i = 0; i < 500; i++) {
                    assertThat(reading.next().id())
                            .as("the other reader goes on")
                            .isEqualTo(++seen);
                }
                long got = lastEventId(idle);
                try (EventStream again = new EventStream(client, search, got)) {
                    assertThat(again.next().id())
                            .as("it can come back for the rest")
                            .isEqualTo(got + 1);
                }
            }
            client.post(search + ":cancel");
            client.awaitEnd(search);
        }
    }

    /** Asks for events and reads nothing, with a small window. */
    private static Socket open(Service service, String search) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", service.port()));
        socket.getOutputStream()
                .write(("GET " + search + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** The last whole event among what was on its way when the connection was cut. */
    private static long lastEventId(Socket socket) {
        StringBuilder text = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            byte[] chunk = new byte[4096];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                text.append(new String(chunk, 0, read, StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
        }
        int end = text.lastIndexOf("\n\nid: ");
        int start = text.lastIndexOf("\nid: ", end) + 5;
        return Long.parseLong(text.substring(start, text.indexOf("\n", start)));
    }

    @Test
    void aReaderThatVanishesIsForgotten() throws Exception {
        try (Service service = Service.start(directory);
                Client client = service.client()) {
            String search = client.start(Documents.endless(1).toString());
            Socket vanishing = open(service, search);
            await(() -> service.events.readers() == 1, "a reader");
            vanishing.setSoLinger(true, 0);
            vanishing.close();
            await(() -> service.events.readers() == 0, "no reader");
            long before = client.get(search).json().path("sequence").asLong();
            await(() -> client.get(search).json().path("sequence").asLong() > before, "the search to go on");
            client.post(search + ":cancel");
            client.awaitEnd(search);
        }
    }

    @Test
    void aQuietStreamIsKeptAliveAndEndsWhenTheServiceStops() throws Exception {
        Service service = Service.start(directory, Duration.ofMillis(40), LONG);
        try (Client client = service.client()) {
            String search = client.start(Documents.endless(1).toString());
            client.post(search + ":pause");
            await(() -> client.get(search).json().path("state").asText().equals("paused"), "the pause");
            await(() -> client.get(search).json().at("/progress/in_flight").asInt() == 0, "the last evaluation");
            long sequence = client.get(search).json().path("sequence").asLong();
            try (EventStream stream = new EventStream(client, search, sequence)) {
                stream.awaitComments(3);
                service.close();
                assertThat(stream.next()).isNull();
            }
        } finally {
            service.close();
        }
    }

    /** Whoever waits for what can never come would wait for ever, or ask the database without a pause. */
    @Test
    void aDeletedSearchEndsItsStreams() throws Exception {
        try (Service service = Service.start(directory, Duration.ofMillis(50), LONG);
                Client client = service.client()) {
            String search = client.start(Documents.endless(20).toString());
            try (EventStream stream = new EventStream(client, search, 1_000_000)) {
                stream.awaitComments(1);
                client.post(search + ":cancel");
                client.awaitEnd(search);
                assertThat(client.delete(search).status()).isEqualTo(204);
                assertThat(stream.rest()).isEmpty();
                await(() -> service.parts().events().readers() == 0, "the reader is forgotten");
            }
        }
    }

    @Test
    void anEndedSearchHasNothingToComeBackFor() throws Exception {
        try (Service service = Service.start(directory);
                Client client = service.client()) {
            String search = client.run(Documents.small(4).toString());
            long last = client.get(search).json().path("sequence").asLong();
            assertThat(client.get(search + "/events?after=" + last).status()).isEqualTo(204);
            try (EventStream stream = new EventStream(client, search, last - 1)) {
                assertThat(stream.response.headers().firstValue("Content-Type")).contains("text/event-stream");
                assertThat(stream.rest()).hasSize(1);
            }
            assertThat(client.get("/v1/searches/none/events").status()).isEqualTo(404);
            Client.Got wrong = client.send(client.request(search + "/events").header("Last-Event-ID", "x"));
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.json().at("/errors/0/parameter").asText()).isEqualTo("Last-Event-ID");
        }
    }

    private static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time to see " + what).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
