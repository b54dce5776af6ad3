package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.text.JsonText;
import io.hawser.clever.CleverHandlers;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hawser fleet config}, with a copter that answers as an original and takes what it is told, or does not. */
@Timeout(60)
class FleetConfigTest extends FleetStage {
    private static final Fields SPEC = JsonText.read(
            "{\"id\": \"string(max=63)\", \"FLIGHT\": {\"height\": \"float(min=0)\", \"frame\": \"string\"}}");

    private volatile Fields config = JsonText.read(
            "{\"id\": {\"__value__\": \"copter-1\"}, \"FLIGHT\": {\"height\": {\"__value__\": 1.0, \"comments\": [\"# m\"]},"
                    + " \"frame\": {\"__value__\": \"map\"}}, \"initial_comment\": [], \"final_comment\": []}");
    private final List<Fields> told = new CopyOnWriteArrayList<>();
    private volatile boolean stubborn;

    @TempDir
    private Path temp;

    @BeforeEach
    void oneCopter() {
        copter("copter-1", temp, this::understandConfig);
        await().until(() -> lines("fleet", "ls").size() == 1);
    }

    private void understandConfig(CleverHandlers handlers) {
        handlers.onRequest(
                        "config",
                        call -> new Value.Nested(Fields.builder()
                                .put("config", new Value.Nested(config))
                                .put("configspec", new Value.Nested(SPEC))
                                .build()))
                .onAction("config", call -> {
                    told.add(call.kwargs());
                    Fields said = ((Value.Nested) call.kwargs().get("config").orElseThrow()).fields();
                    if (!stubborn) {
                        boolean rewrite =
                                call.kwargs().string("mode").orElse("").equals("rewrite");
                        config = rewrite ? said : merged(config, said);
                    }
                });
    }

    private static Fields merged(Fields now, Fields said) {
        Fields.Builder all = now.toBuilder();
        for (String name : said.names()) {
            Value value = said.get(name).orElseThrow();
            all.put(
                    name,
                    value instanceof Value.Nested inner && now.find(name) instanceof Value.Nested section
                            ? new Value.Nested(merged(section.fields(), inner.fields()))
                            : value);
        }
        return all.build();
    }

    @Test
    void itIsShownAsAWholeOrInPart() {
        assertThat(lines("fleet", "config", "copter-1"))
                .containsExactly("# copter-1", "id = copter-1", "", "[FLIGHT]", "# m", "height = 1.0", "frame = map");
        assertThat(lines("fleet", "config", "copter-*", "get", "FLIGHT.height", "-o", "json"))
                .containsExactly("{\"copter\":\"copter-1\",\"option\":\"FLIGHT.height\",\"value\":\"1.0\"}");
        assertThat(run("fleet", "config", "copter-1", "get", "FLIGHT.speed")).isEqualTo(1);
        assertThat(run("fleet", "config", "nobody")).isEqualTo(1);
        assertThat(run("fleet", "config", "no*")).isEqualTo(6);
        assertThat(run("fleet", "config", "copter-1", "burn")).isEqualTo(2);
    }

    @Test
    void whatIsSetIsShownSentAndReadBack() {
        assertThat(lines("fleet", "config", "copter-1", "set", "FLIGHT.height=2.5", "FLIGHT.frame=map"))
                .containsExactly("copter=copter-1  done=true");

        assertThat(err.toString())
                .contains("copter-1  FLIGHT.height: 1.0 -> 2.5")
                .doesNotContain("FLIGHT.frame");
        assertThat(told)
                .containsExactly(
                        JsonText.read("{\"config\": {\"FLIGHT\": {\"height\": \"2.5\"}}, \"mode\": \"modify\"}"));
        assertThat(lines("fleet", "config", "copter-1", "set", "FLIGHT.height=2.50"))
                .containsExactly("copter=copter-1  done=true  reason=nothing changes");
        assertThat(lines("fleet", "config", "copter-1", "set", "FLIGHT.height=3", "--dry-run"))
                .containsExactly("copter=copter-1  done=true  reason=nothing was changed");
        assertThat(told).hasSize(1);
    }

    @Test
    void whatACopterWouldNotTakeDoesNotLeaveAndWhatItDidNotTakeIsTold() {
        assertThat(run("fleet", "config", "copter-1", "set", "FLIGHT.height=-1"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("reason=FLIGHT.height must be at least 0, not -1");
        assertThat(run("fleet", "config", "copter-1", "set", "FLIGT.height=1")).isEqualTo(1);
        assertThat(out.toString()).contains("the copter knows no section FLIGT; it knows FLIGHT");
        assertThat(run("fleet", "config", "copter-1", "set", "FLIGHT..height=1"))
                .isEqualTo(2);
        assertThat(run("fleet", "config", "copter-1", "set", "FLIGHT.height")).isEqualTo(2);
        assertThat(run("fleet", "config", "copter-1", "set")).isEqualTo(2);
        assertThat(told).isEmpty();

        stubborn = true;
        assertThat(run("fleet", "config", "copter-1", "set", "FLIGHT.height=2")).isEqualTo(1);
        assertThat(out.toString()).contains("reason=it did not take it: FLIGHT.height is as before");
    }

    @Test
    void aFileIsPushedInPartOrInsteadOfAll() throws IOException {
        Path file = Files.writeString(temp.resolve("common.ini"), "[FLIGHT]\nframe = aruco_map\n");
        assertThat(lines("fleet", "config", "*", "push", file.toString()))
                .containsExactly("copter=copter-1  done=true");
        assertThat(lines("fleet", "config", "copter-1", "get", "FLIGHT.height")).hasSize(1);

        assertThat(lines("fleet", "config", "copter-1", "push", file.toString(), "--rewrite"))
                .containsExactly("copter=copter-1  done=true");
        assertThat(err.toString()).contains("FLIGHT.height: as if it was never set");
        assertThat(run("fleet", "config", "copter-1", "get", "FLIGHT.height")).isEqualTo(1);

        Files.writeString(file, "[FLIGHT\n");
        assertThat(run("fleet", "config", "copter-1", "push", file.toString())).isEqualTo(2);
        assertThat(run(
                        "fleet",
                        "config",
                        "copter-1",
                        "push",
                        temp.resolve("none").toString()))
                .isEqualTo(2);
    }

    @Test
    void anEditorChangesIt() {
        assertThat(edit("sed -i s/map/gps/")).isZero();
        assertThat(told)
                .containsExactly(
                        JsonText.read("{\"config\": {\"FLIGHT\": {\"frame\": \"gps\"}}, \"mode\": \"modify\"}"));
        assertThat(edit("true")).isZero();
        assertThat(edit("false")).isEqualTo(1);
        assertThat(edit("sed -i /height/d")).isEqualTo(1);
        assertThat(err.toString()).contains("FLIGHT.height is not in").contains("push that file with --rewrite");
        assertThat(edit("sed -i s/1.0/high/")).isEqualTo(1);
        assertThat(told).hasSize(1);
    }

    private int edit(String editor) {
        return run(Map.of("HAWSER_TOKEN", TOKEN, "EDITOR", editor), "fleet", "config", "copter-1", "edit");
    }
}
