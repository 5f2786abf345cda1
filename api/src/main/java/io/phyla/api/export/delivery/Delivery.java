package io.phyla.api.export.delivery;

import io.phyla.api.export.Chosen;
import io.phyla.api.export.Subject;
import io.phyla.api.http.Reply;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes files and hands them over: few at once, for weights are held while they are written. */
public final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int MAKERS = 2;
    private static final long PATIENCE_SECONDS = 60;

    private final Spool spool;
    private final Semaphore makers = new Semaphore(MAKERS, true);

    public Delivery(Spool spool) {
        this.spool = spool;
    }

    /** One subject in one format. */
    public Reply of(Subject subject, Chosen<?> chosen) {
        return of(
                subject.identity() + " " + chosen.identity(),
                chosen.exporter().mediaType(),
                subject.fileName() + "." + chosen.exporter().extension(),
                out -> chosen.write(subject, out));
    }

    /**
     * A file.
     *
     * @param identity another one whenever the bytes would be others
     * @throws ProblemException if it cannot be made, saying why
     */
    public Reply of(String identity, String mediaType, String fileName, Spool.Maker maker) {
        try {
            Spool.Held held = spool.get(identity, out -> make(maker, out));
            return Reply.File.download(held.path(), held.bytes(), mediaType, held.tag(), fileName, held.release());
        } catch (BoundedOutput.TooLarge e) {
            throw new ProblemException(ProblemType.EXPORT_TOO_LARGE, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw ProblemException.parameter("format", "does not fit: " + e.getMessage());
        } catch (Spool.NoRoom e) {
            throw new ProblemException(ProblemType.STORAGE_FULL, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            LOG.warn("an export cannot be written: {}", identity, e);
            throw new ProblemException(
                            ProblemType.UNAVAILABLE,
                            "the export cannot be written; the service's log says why, or what it is made of was"
                                    + " deleted meanwhile")
                    .with("Retry-After", "5");
        }
    }

    private void make(Spool.Maker maker, OutputStream out) throws IOException {
        try {
            if (!makers.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new ProblemException(ProblemType.OVERLOADED, "other exports are being made; try again")
                        .with("Retry-After", "30");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.UNAVAILABLE, "the service is stopping").with("Retry-After", "5");
        }
        try {
            maker.write(out);
        } finally {
            makers.release();
        }
    }
}
