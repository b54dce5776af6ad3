package io.hawser.examples;

import io.hawser.ivy.IvyAgent;
import java.util.concurrent.TimeUnit;

/** An Ivy agent: answers greetings, greets once a second. Start two, or any other Ivy program on the same bus. */
public final class IvyHello {
    private IvyHello() {}

    /** Takes the agent's name and the bus. */
    public static void main(String[] args) throws InterruptedException {
        String name = args.length > 0 ? args[0] : "HELLO";
        String bus = args.length > 1 ? args[1] : "127.255.255.255:2010";
        try (IvyAgent agent = IvyAgent.join(name, bus)) {
            agent.bind("^hello (.*)", (client, words) -> System.out.println(client + " greets " + words.get(0)));
            for (int i = 0; i < 60; i++) {
                System.out.println("reached " + agent.send("hello world").agents());
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }
}
