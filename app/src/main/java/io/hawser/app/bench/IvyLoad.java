package io.hawser.app.bench;

import io.hawser.app.command.HubLink;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.ivy.IvyAgent;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ivy agents that say texts, which an eFTL client of the hub hears. Belongs to one command. */
final class IvyLoad implements Load {
    private final Measure measure;
    private final EftlConnection hearing;
    private final String start;
    private final Pattern text;
    private final String padding;
    private final List<IvyAgent> agents = new ArrayList<>();

    /**
     * Joins the bus; returns when the hub listens to each agent.
     *
     * @param hearing hears what the hub does
     * @param bus the Ivy domain that the hub is on
     * @param run names this run as nobody else's
     */
    IvyLoad(BenchPlan plan, Measure measure, EftlConnection hearing, String bus, String run) {
        this.measure = measure;
        this.hearing = hearing;
        this.start = "bench " + run + " ";
        this.text = Pattern.compile("^" + start + "(-?\\d+) ");
        this.padding = "x".repeat(plan.size());
        String everywhere = JsonText.write(Fields.of("_dest", Value.of("ivy/>")));
        HubLink.answer(hearing.subscribe(SubscribeOptions.matching(everywhere).regexp("^" + start), this::heard));
        try {
            for (int i = 0; i < plan.clients(); i++) {
                agents.add(IvyAgent.join("BENCH" + i, bus));
            }
        } catch (IllegalArgumentException wrong) {
            close();
            throw new Failure(Exit.USAGE, "--bus: " + wrong.getMessage(), wrong);
        }
        for (IvyAgent agent : agents) {
            Ready.await(
                    () -> agent.send(start + "ready ").agents() > 0,
                    plan.patience(),
                    "the hub does not listen on the Ivy bus " + bus + "; --bus says another one",
                    this);
        }
    }

    private void heard(EftlMessage message) {
        Matcher said = text.matcher(message.fields().string("text").orElse(""));
        if (said.find()) {
            measure.done(Long.parseLong(said.group(1)));
        }
    }

    @Override
    public void begin(long n, long due) {
        if (agents.get((int) (n % agents.size()))
                        .send(start + due + " " + padding)
                        .agents()
                == 0) {
            measure.failed("nobody on the bus listens");
        }
    }

    @Override
    public void close() {
        agents.forEach(IvyAgent::close);
        hearing.close();
    }
}
