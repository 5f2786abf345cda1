package io.phyla.api.export.archive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.export.Chosen;
import io.phyla.api.export.Exporter;
import io.phyla.api.export.Subject;
import io.phyla.api.export.subject.SearchFacts;
import io.phyla.api.export.subject.Subjects;
import io.phyla.api.search.Store;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.query.Page;
import io.phyla.storage.query.StoredCandidate;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The Pareto front of a search in one format, a file per candidate. */
public final class FrontArchive {

    private static final int PAGE = 100;

    private final Store store;
    private final Subjects subjects;
    private final SearchFacts facts;

    public FrontArchive(Store store, Subjects subjects, SearchFacts facts) {
        this.store = store;
        this.subjects = subjects;
        this.facts = facts;
    }

    public String fileName(Exporter<?> exporter) {
        return facts.fileName() + "-front-" + exporter.name();
    }

    /** The front as it is now, page by page. */
    public void write(Chosen<?> chosen, OutputStream out) throws IOException {
        ObjectNode manifest = manifest(facts, "phyla-front-1");
        manifest.put("format_of_files", chosen.identity());
        Archive archive = new Archive(out, fileName(chosen.exporter()), manifest);
        String cursor = null;
        do {
            Page<StoredCandidate> page = store.candidates().front(facts.id(), cursor, PAGE);
            for (StoredCandidate each : page.items()) {
                member(archive, "", subjects.candidate(facts, each.candidate()), chosen);
            }
            cursor = page.next().orElse(null);
        } while (cursor != null);
        archive.end();
    }

    static void member(Archive archive, String directory, Subject subject, Chosen<?> chosen) throws IOException {
        String name = directory + subject.fileName() + "." + chosen.exporter().extension();
        archive.add(name, out -> chosen.write(subject, out));
    }

    /** What every archive of a search says about it. */
    static ObjectNode manifest(SearchFacts facts, String format) {
        ObjectNode manifest = Json.MAPPER.createObjectNode().put("format", format);
        manifest.put("phyla", facts.started().phyla());
        manifest.put("search", facts.id());
        manifest.put("name", facts.search().header().name());
        manifest.put("state", facts.search().state().name().toLowerCase(Locale.ROOT));
        manifest.put("complete", facts.search().state().ended());
        @Nullable
        String reason = facts.search().state().ended() ? facts.search().reason() : null;
        manifest.put("ended_by", reason);
        return manifest.put("proposed", facts.search().summary().proposed());
    }
}
