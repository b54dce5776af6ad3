package io.hawser.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description of the admin listener, of a hub that has everything: no route is missing in it, and nothing is told that is not there. */
class OpenApiTest extends AdminStage {
    OpenApiTest(@TempDir Path folder) throws IOException {
        super(settings(folder));
    }

    private static Map<String, Object> settings(Path folder) throws IOException {
        Map<String, Object> settings =
                new HashMap<>(DeviceTest.settings(DevelopmentAuthority.in(folder, Instant.now())));
        settings.putAll(Map.of("clever.enabled", true, "clever.port", 0, "clever.announce.enabled", false));
        return settings;
    }

    private static Fields in(Fields object, String name) {
        return object.find(name) instanceof Value.Nested nested ? nested.fields() : Fields.EMPTY;
    }

    @Test
    void eachRouteIsDescribedAndNothingElseAndWhatIsCalledAPageIsOne() throws IOException {
        assertThat(send(HttpCall.get(URI.create(url + "/api/v1/openapi.json"))).status())
                .isEqualTo(401);
        Fields document = JsonText.read(get("/api/v1/openapi.json").text());
        assertThat(document.string("openapi")).contains("3.1.0");
        Fields paths = in(document, "paths");
        List<String> described = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (String path : paths.names()) {
            Fields operations = in(paths, path);
            for (String method : operations.names()) {
                Fields operation = in(operations, method);
                assertThat(operation.string("summary").orElse(""))
                        .as("routes.tsv lacks " + method + " " + path)
                        .isNotEmpty();
                ids.add(operation.string("operationId").orElseThrow());
                described.add(method.toUpperCase(Locale.ROOT) + " " + path);
            }
        }
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(described).containsExactlyInAnyOrderElementsOf(table());
        pages(paths);
    }

    private void pages(Fields paths) {
        int pages = 0;
        for (String path : paths.names()) {
            String answer = JsonText.write(in(in(paths, path), "get"));
            if (answer.contains("schemas/Page") && !path.contains("{")) {
                assertThat(get("/api/v1" + path).text()).as(path).startsWith("{\"total\":");
                pages++;
            }
        }
        assertThat(pages).isGreaterThan(10);
    }

    private static List<String> table() throws IOException {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("admin/openapi/routes.tsv")) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(columns -> columns[0] + " " + columns[1].replace("*}", "}"))
                    .toList();
        }
    }
}
