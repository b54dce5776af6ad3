package io.hawser.clever.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.clever.CleverCommand;
import io.hawser.clever.CleverPeer;
import io.hawser.core.border.Border;
import io.hawser.core.border.Crossing;
import io.hawser.core.border.Rename;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.value.Fields;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Copters behind a border that gives what they say, and what is said to them, other names. */
@Timeout(60)
class BorderTest extends GatewayStage {
    private static final Border BORDER = new Border(
            new Crossing(
                    List.of(),
                    List.of(TopicPattern.parse("clever/*/says/chatter")),
                    List.of(Rename.parse("clever/*/says/* robots/{1}/{2}")),
                    List.of()),
            new Crossing(List.of(), List.of(), List.of(Rename.parse("robots/*/do/* clever/{1}/{2}")), List.of()));

    private final CleverGateway behind =
            new CleverGateway(settings, bus.behind("clever", BORDER), loops.next(), partyThread, new Random(1));

    @BeforeEach
    void open() {
        address = behind.start();
    }

    @AfterEach
    void closeBehind() {
        behind.close();
    }

    @Test
    void actionsAndCommandsHaveTheNamesOfTheBus() {
        CleverPeer copter = copter("c7", 0);
        await().until(() -> !heard("clever/c7/state").isEmpty());
        copter.send(CleverCommand.of("chatter"));
        copter.send(CleverCommand.of("position"));
        await().until(() -> !heard("robots/c7/position").isEmpty());
        assertThat(heard("clever/c7/says/chatter")).isEmpty();
        await().until(() -> {
            say("robots/c7/do/land", Fields.EMPTY, Optional.empty());
            return done.contains("c7 land {}");
        });
    }
}
