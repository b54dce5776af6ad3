package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How commands end, the same for whoever talks by eFTL and by the admin API. */
class ExitCodesTest extends AdminStage {
    ExitCodesTest() {
        super(Map.of("retained.topics", List.of("state/>")));
    }

    @ParameterizedTest
    @CsvSource({
        "0, pub a b",
        "0, client ls",
        "0, durable ls",
        "0, kv put m k x=1",
        "0, retained ls",
        "1, record /dev/null/x",
        "2, pub a/> b",
        "2, sub",
        "2, kv ls --timeout soon",
        "2, pub a b --tlscert /x",
        "3, pub -s ws://127.0.0.1:1/channel a b",
        "3, sub -s ws://127.0.0.1:1/channel >",
        "3, request -s ws://127.0.0.1:1/channel a b",
        "3, client ls --admin http://127.0.0.1:1",
        "3, kv get m k --admin http://127.0.0.1:1",
        "4, client ls --token wrong",
        "4, kv ls --token wrong",
        "5, request nobody/there x",
        "6, kv get m nokey",
        "6, durable info none",
        "6, replay /no/such/file",
        "6, pub --creds /no/such/file a b"
    })
    void aCommandEndsWith(int code, String line) {
        Map<String, String> environment = new HashMap<>(Map.of("HAWSER_TOKEN", TOKEN, "HAWSER_URL", hub.eftlUrl()));
        int ended = run(environment, line.split(" "));
        assertThat(ended).as(out + "\n" + err).isEqualTo(code);
        if (code != 0) {
            assertThat(out.toString()).isEmpty();
            assertThat(err.toString()).containsPattern("(?m)^hawser ");
        }
    }
}
