package io.hawser.verify.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PartyTest {
    /** Our processes, but for {@code known}. */
    private static Set<ProcessHandle> others(Set<ProcessHandle> known) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> !known.contains(process))
                .collect(Collectors.toSet());
    }

    @Test
    void itEndsWithAllThatItHasStarted(@TempDir Path folder) throws Exception {
        Set<ProcessHandle> before = others(Set.of());
        Set<ProcessHandle> started;
        try (Party party = Party.start("test", Party.shell("sh -c 'echo ready; sleep 60; true'"), folder, List.of())) {
            assertThat(party.says("ready")).hasSize(1);
            await().until(() -> others(before).size() == 2);
            started = others(before);
        }
        await().until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
    }
}
