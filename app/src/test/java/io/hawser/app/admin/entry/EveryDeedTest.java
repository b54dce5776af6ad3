package io.hawser.app.admin.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each route of the admin listener, asked once: the audit has exactly those that change something or tell what is secret, once each. */
@Timeout(60)
class EveryDeedTest extends EntryStage {
    /** What is read and noted all the same. */
    private static final Set<String> READ_AND_NOTED = Set.of("GET /backup", "GET /files/{owner}/{name*}", "GET /audit");

    /** Pieces of an upload, whose beginning and end are noted. */
    private static final Set<String> PIECES = Set.of("POST /uploads/{upload}");

    /** After it nobody is let in any more. */
    private static final String LAST = "POST /drain";

    EveryDeedTest(@TempDir Path folder) throws IOException {
        super(folder, true);
    }

    private static boolean noted(String route) {
        return READ_AND_NOTED.contains(route) || (!route.startsWith("GET ") && !PIECES.contains(route));
    }

    private List<String> deeds(Browser who) {
        List<String> deeds = new ArrayList<>();
        Fields page = JsonText.read(who.ask("GET", "/audit?limit=1000").text());
        ((Value.Sequence) page.get("items").orElseThrow()).values().forEach(row -> {
            Fields entry = ((Value.Nested) row).fields();
            deeds.add(entry.string("who").orElse("") + " "
                    + entry.string("action").orElse("").replace("admin.", "") + " "
                    + entry.string("target").orElse(""));
        });
        return deeds;
    }

    @Test
    void isWrittenDownOnceOrNotAtAll() {
        Browser anna = browser("anna");
        List<String> routes = new ArrayList<>(Needs.routes().toList());
        assertThat(routes)
                .hasSizeGreaterThan(70)
                .contains(LAST)
                .containsAll(READ_AND_NOTED)
                .containsAll(PIECES);
        routes.remove(LAST);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            String[] parts = routes.get(i).replaceAll("\\{\\w+\\*?}", "x" + i).split(" ", -1);
            assertThat(anna.ask(parts[0], parts[1] + "?re=(").status())
                    .as(routes.get(i))
                    .isNotIn(401, 403);
            if (noted(routes.get(i))) {
                expected.add("anna " + parts[0] + " /api/v1" + parts[1]);
            }
        }
        assertThat(deeds(anna).stream().filter(deed -> !deed.endsWith(" /api/v1/session")))
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
