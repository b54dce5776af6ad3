package io.hawser.ivy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.access.Access;
import io.hawser.core.access.Authenticator;
import io.hawser.core.count.Counters;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.Router;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.value.Fields;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.RawAgent;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several domains around one bus. */
@Timeout(60)
class DomainsTest extends GatewayStage {
    private final String field = "127.255.255.255:" + RawAgent.freeBusPort();
    private final IvySettings FIELD = new IvySettings("field", field, "HUB", List.of());
    private final List<String> taken = new CopyOnWriteArrayList<>();

    DomainsTest() {
        super(Access.ALLOW_ALL);
    }

    /** An agent that takes all texts. */
    private IvyAgent agent(String name, String place) {
        IvyAgent agent = IvyAgent.join(name, place);
        agent.bind("^(.*)$", (client, args) -> taken.add(name + " " + client.name() + ":" + args.get(0)));
        return agent;
    }

    @Test
    void aTextReachesTheOtherDomainsAndNeverItsOwn() {
        IvyGateway lab = join(LAB);
        IvyGateway out = join(FIELD);
        try (IvyAgent one = agent("one", domain);
                IvyAgent two = agent("two", domain);
                IvyAgent far = agent("far", field)) {
            await().until(() -> regexps(one, "HUB").size() == 1
                    && regexps(two, "HUB").size() == 1
                    && regexps(far, "HUB").size() == 1
                    && regexps(one, "two").size() == 1
                    && wishes() == 3);
            one.send("a");
            far.send("b");
            two.send("c");
            await().until(() -> taken.size() == 6);
            assertThat(taken)
                    .containsExactlyInAnyOrder(
                            "two one:a", "far HUB:a", "one HUB:b", "two HUB:b", "one two:c", "far HUB:c");
            assertThat(lab.status().join().agents()).isEqualTo(2);
            assertThat(out.status().join().agents()).isEqualTo(1);
        }
        await().until(() -> conductor.interests().size() == 0);
    }

    @Test
    void aDomainIsLeftAloneWhileAllWhoCouldTakeItsTextsAreInIt() {
        join(LAB);
        join(FIELD);
        try (IvyAgent one = agent("one", domain)) {
            await().until(() -> wishes() == 1 && !one.clients().isEmpty());
            try (IvyAgent mute = IvyAgent.join("mute", field)) {
                await().until(() -> regexps(mute, "HUB").size() == 1);
                assertThat(regexps(one, "HUB")).isEmpty();
            }
        }
    }

    @Test
    void twoHubsBetweenTheSameDomainsDoNotHandATextRoundForEver() {
        Bus second = anotherBus();
        join(LAB);
        join(FIELD);
        IvyGateway other = join(LAB, second);
        join(FIELD, second);
        try (IvyAgent one = agent("one", domain);
                IvyAgent far = agent("far", field)) {
            await().until(() -> regexps(one, "HUB").size() == 2
                    && regexps(far, "HUB").size() == 2
                    && wishes() == 4
                    && second.conductor().interests().size() == 8);
            one.send("a");
            far.send("b");
            await().until(() -> other.status().join().circling() > 0 && taken.size() >= 4);
            one.send("end");
            await().until(() -> taken.stream().filter("far HUB:end"::equals).count() == 2);
            assertThat(taken)
                    .containsExactlyInAnyOrder(
                            "far HUB:a", "far HUB:a", "one HUB:b", "one HUB:b", "far HUB:end", "far HUB:end");
        }
    }

    private Bus anotherBus() {
        Conductor theirs = new Conductor(conductorThread);
        Counters their = new Counters();
        return new Bus(
                new Router(theirs, bus.store(), Access.ALLOW_ALL, their),
                theirs,
                bus.store(),
                Authenticator.BELIEVE,
                Access.ALLOW_ALL,
                their,
                InstantSource.system(),
                OutboxLimits.DEFAULT,
                DurableSettings.DEFAULT);
    }

    @Test
    void onlyADomainThatTakesEverythingHearsOfMessagesWithoutAText() {
        join(LAB);
        join(FIELD.withEverything(true));
        try (IvyAgent one = agent("one", domain);
                IvyAgent far = agent("far", field)) {
            await().until(() ->
                    wishes() == 2 && !far.clients().isEmpty() && !one.clients().isEmpty());
            publish(
                    "robot/7",
                    Fields.builder().put("x", 1.5).put("mode", "on ground").build());
            say("text");
            await().until(() -> taken.contains("far HUB:text") && taken.contains("one HUB:text"));
            // Far may also have heard that one has joined: a message without a text too.
            assertThat(taken.stream().filter(said -> !said.contains("/state ")))
                    .containsExactlyInAnyOrder(
                            "far HUB:robot/7 x=1.5 mode=\"on ground\"", "far HUB:text", "one HUB:text");
        }
    }
}
