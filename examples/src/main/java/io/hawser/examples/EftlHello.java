package io.hawser.examples;

import io.hawser.core.value.Fields;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;

/** Listens to greetings on an eFTL server, and sends one. Run a hub first: {@code ./hawser serve --dev}. */
public final class EftlHello {
    private EftlHello() {}

    /** Takes the server's URL, else the one of a hub on this machine. */
    public static void main(String[] args) {
        String url = args.length > 0 ? args[0] : "ws://127.0.0.1:9191/channel";
        try (EftlConnection connection =
                Eftl.connect(url, EftlOptions.defaults()).join()) {
            SubscribeOptions greetings = SubscribeOptions.matching("{\"type\":\"hello\"}");
            connection
                    .subscribe(greetings, message -> System.out.println("heard " + message))
                    .join();
            Fields hello = Fields.builder().put("type", "hello").put("x", 1.5).build();
            int receivers = connection.publish(EftlMessage.of(hello)).join();
            System.out.println("sent to " + receivers);
        }
    }
}
