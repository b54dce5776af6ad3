package io.hawser.verify.mesh;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.IvyAgentBuilder;
import io.hawser.ivy.IvyClient;
import io.hawser.ivy.IvyListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.util.Optional;
import java.util.stream.Collectors;

/** An agent in a process of its own, told by lines on standard input what to do; it tells what happens by lines. */
public final class AgentProgram {
    private static final Object OUT = new Object();

    private AgentProgram() {}

    /** Runs until standard input ends. */
    public static void main(String[] args) throws IOException {
        Optional<IvyAgent> agent = Optional.empty();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        tell("up");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 4);
            switch (words[0]) {
                case "join" -> agent = Optional.of(join(words[1], words[2], words.length > 3 ? words[3] : ""));
                case "leave" -> agent.ifPresent(IvyAgent::close);
                case "send" -> agent.ifPresent(a -> a.send("n " + words[1]));
                case "who" -> agent.ifPresent(AgentProgram::tellWho);
                default -> tell("what is '" + line + "'?");
            }
        }
        agent.ifPresent(IvyAgent::close);
    }

    private static IvyAgent join(String name, String domain, String bindAddress) throws IOException {
        IvyAgentBuilder wishes = IvyAgent.builder(name)
                .domain(domain)
                .bind("^n (.*)", (client, args) -> tell("heard " + client.name() + " " + args.get(0)))
                .listener(new IvyListener() {
                    @Override
                    public void joined(IvyClient client) {
                        tell("joined " + client.name());
                    }

                    @Override
                    public void left(IvyClient client, String reason) {
                        tell("left " + client.name() + ": " + reason);
                    }
                });
        if (!bindAddress.isEmpty()) {
            wishes.bindAddress(InetAddress.getByName(bindAddress));
        }
        return wishes.join();
    }

    private static void tellWho(IvyAgent agent) {
        tell("who " + agent.clients().stream().map(IvyClient::name).sorted().collect(Collectors.joining(" ")));
    }

    private static void tell(String line) {
        synchronized (OUT) {
            System.out.println(line);
        }
    }
}
