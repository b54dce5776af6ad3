package io.hawser.ivy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.access.Access;
import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Principal;
import io.hawser.core.count.Counters;
import io.hawser.core.link.Breaker;
import io.hawser.core.link.LinkLimits;
import io.hawser.core.link.Linkage;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Passage;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Router;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.value.Fields;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.RawAgent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
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
        IvyGateway other = join(named("OTHER", LAB), second);
        join(named("OTHER", FIELD), second);
        LiveSubscription<String> all = listen("ivy/*/OTHER");
        try (IvyAgent one = agent("one", domain);
                IvyAgent far = agent("far", field)) {
            await().until(() -> asked(one) && asked(far) && wishes() == 4 && wishes(second) == 4);
            one.send("a");
            far.send("b");
            await().until(() -> other.status().join().circling() > 0 && taken.size() >= 4);
            one.send("end");
            await().until(() ->
                    taken.stream().filter(text -> text.endsWith("end")).count() == 2);
            assertThat(taken)
                    .containsExactlyInAnyOrder(
                            "far HUB:a", "far OTHER:a", "one HUB:b", "one OTHER:b", "far HUB:end", "far OTHER:end");
            assertThat(heard).hasSize(3).noneMatch(message -> message.headers().travels());
        }
        conductor.remove(all).join();
    }

    private static IvySettings named(String agent, IvySettings settings) {
        return new IvySettings(settings.name(), settings.bus(), agent, List.of());
    }

    private static boolean asked(IvyAgent agent) {
        return regexps(agent, "HUB").size() == 1 && regexps(agent, "OTHER").size() == 1;
    }

    private static int wishes(Bus bus) {
        AtomicInteger count = new AtomicInteger();
        bus.conductor()
                .interests()
                .forEach(each -> count.addAndGet(each.interest().regexp().isPresent() ? 1 : 0));
        return count.get();
    }

    @Test
    void whatAnotherHubSaysGoesOnOnlyWhereItMayAndWhatComesFromAHubThatIsHereStaysOut() {
        Bus second = anotherBus();
        join(LAB.withFromHubs(true));
        join(FIELD);
        join(named("OTHER", LAB), second);
        try (IvyAgent one = agent("one", domain);
                IvyAgent far = agent("far", field)) {
            await().until(() -> wishes() == 2
                    && wishes(second) == 2
                    && regexps(one, "HUB").size() == 1
                    && regexps(far, "HUB").size() == 1);
            Source pilot = new Source("test", "pilot", "test");
            second.router()
                    .publish(
                            new Principal("pilot"),
                            Message.builder(new Topic("a"), new Headers(pilot, 0, Optional.empty()))
                                    .fields(Message.textFields("said to the other hub")));
            await().until(() -> taken.size() == 2);
            assertThat(taken)
                    .containsExactlyInAnyOrder("one OTHER:said to the other hub", "far HUB:said to the other hub");
            Passage linked = new Passage("other", OptionalLong.of(1), 1);
            bus.router()
                    .publish(
                            new Principal("link/other"),
                            Message.builder(new Topic("a"), Headers.from(linked, pilot, 0))
                                    .fields(Message.textFields("over a link")));
            await().until(() -> taken.size() == 3);
            say("end");
            await().until(() -> taken.contains("one HUB:end"));
            assertThat(taken).contains("far HUB:over a link").doesNotContain("one HUB:over a link");
        }
    }

    @Test
    void aProgramThatCarriesTextsInACircleIsNamedAndTheCircleEnds() {
        Bus careful =
                anotherBus(new LinkLimits(8, new Breaker.Limits(20, Duration.ofMinutes(1), Duration.ofMinutes(1))));
        join(LAB, careful);
        join(FIELD, careful);
        try (IvyAgent one = agent("one", domain);
                IvyAgent back = IvyAgent.join("back", domain);
                IvyAgent far = IvyAgent.join("far", field)) {
            far.bind("^(.*)$", (client, args) -> back.send(args.get(0)));
            await().until(() -> wishes(careful) == 2
                    && regexps(one, "HUB").size() == 1
                    && regexps(back, "HUB").size() == 1
                    && regexps(far, "HUB").size() == 1
                    && back.client("one").filter(it -> it.regexps().size() == 1).isPresent());
            one.send("round");
            await().untilAsserted(() -> assertThat(taken).hasSize(21));
            far.send("end");
            await().until(() -> taken.contains("one HUB:end"));
            assertThat(taken.stream().filter("one back:round"::equals)).hasSize(21);
        }
    }

    private Bus anotherBus() {
        return anotherBus(LinkLimits.DEFAULT);
    }

    private Bus anotherBus(LinkLimits linkage) {
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
                DurableSettings.DEFAULT,
                new Linkage("other", linkage, 1, Runnable::run));
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
