package io.hawser.verify.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.Store;
import io.hawser.store.local.LocalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hub is killed under load again and again; whatever it acknowledged arrives at every durable, in the order of each
 * publisher, with growing store ids, and nothing comes a second time without a flag. Every key of a map has what was
 * acknowledged last, or what was under way then, and revisions grow.
 */
class CrashTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** A durable keeps 100,000 messages and then refuses more. */
    private static final int MOST_BEHIND = 20_000;

    @TempDir
    private Path folder;

    private final List<Source> sources =
            List.of(new Source("p1"), new Source("p2"), new Source("p3"), new Source("p4"));
    private final List<Witness> witnesses =
            List.of(new Witness("d1"), new Witness("d2"), new Witness("d3"), new Witness("d4"));
    private final List<MapWriter> writers = List.of(new MapWriter("m1"), new MapWriter("m2"));

    @Test
    void whatWasAcknowledgedSurvivesFiveKills() throws Exception {
        survive(5, new Random(1));
    }

    @Test
    @Tag("slow")
    void whatWasAcknowledgedSurvivesSixtyKills() throws Exception {
        survive(60, new Random(2));
    }

    @Test
    @Tag("long")
    void whatWasAcknowledgedSurvivesAThousandKills() throws Exception {
        survive(1_000, new Random(3));
    }

    private void survive(int kills, Random random) throws Exception {
        try (HubProcess first = hub(folder)) {
            witnesses.forEach(witness -> witness.listen(witness.connect(first)));
            first.kill();
        }
        for (int i = 0; i < kills; i++) {
            live(random);
        }
        Set<String> kept = acknowledged();
        lookAtMaps();
        try (HubProcess last = hub(folder)) {
            writers.forEach(writer -> writer.write(last));
            witnesses.forEach(witness -> witness.listen(witness.connect(last)));
            await().atMost(PATIENCE).until(() -> witnesses.stream()
                    .allMatch(witness -> witness.heard().containsAll(kept)));
        }
        System.out.println(
                kills + " kills, " + kept.size() + " publications and " + changes() + " changes of maps acknowledged");
        writers.forEach(writer -> assertThat(writer.wrong()).isEmpty());
        for (Witness witness : witnesses) {
            assertThat(witness.wrong()).isEmpty();
            assertThat(witness.heard().size() - kept.size())
                    .as("kept though not acknowledged")
                    .isBetween(0, sources.size() * Source.WINDOW * kills);
        }
    }

    /** One life of the hub: whatever it kept is looked at and added to, until it is killed. */
    private void live(Random random) throws Exception {
        long enough = published() + 200 + random.nextInt(2_000);
        try (HubProcess hub = hub(folder)) {
            writers.forEach(writer -> writer.write(hub));
            sources.forEach(source -> source.publish(hub));
            // some lives see a backlog grow, others are killed while it is consumed; it must not fill its durable
            boolean consuming = behind() > MOST_BEHIND || random.nextInt(3) > 0;
            if (consuming) {
                witnesses.forEach(witness -> witness.listen(witness.connect(hub)));
            }
            await().atMost(PATIENCE).until(() -> published() >= enough && !(consuming && behind() > 2 * MOST_BEHIND));
            hub.kill();
        }
        // the other lives begin with what the kill left behind, not with what a store has tidied up
        if (random.nextInt(4) == 0) {
            lookAtMaps();
        }
    }

    /** A hub on what is in {@code folder}; one of another engine elsewhere. */
    HubProcess hub(Path folder) throws IOException {
        return HubProcess.start(folder);
    }

    /** The same without a hub. */
    Store store(Path folder) {
        return LocalStore.open(folder.resolve("data"), InstantSource.system(), DurableListener.NONE, failure -> {
            throw failure;
        });
    }

    private void lookAtMaps() {
        try (Store store = store(folder)) {
            writers.forEach(writer -> writer.look(store.maps()));
        }
    }

    private long changes() {
        return writers.stream().mapToLong(MapWriter::acknowledged).sum();
    }

    private long published() {
        return sources.stream()
                .mapToLong(source -> source.acknowledged().size())
                .sum();
    }

    /** How much the witness that heard least has not heard. */
    private long behind() {
        return published()
                - witnesses.stream()
                        .mapToLong(witness -> witness.heard().size())
                        .min()
                        .orElseThrow();
    }

    private Set<String> acknowledged() {
        Set<String> all = new HashSet<>();
        sources.forEach(source -> all.addAll(source.acknowledged()));
        return all;
    }
}
