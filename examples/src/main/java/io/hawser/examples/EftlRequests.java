package io.hawser.examples;

import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import java.time.Duration;

/** Answers a question on an eFTL server, and asks it. */
public final class EftlRequests {
    private EftlRequests() {}

    /** Takes the server's URL, else the one of a hub on this machine. */
    public static void main(String[] args) {
        String url = args.length > 0 ? args[0] : "ws://127.0.0.1:9191/channel";
        try (EftlConnection squarer = Eftl.connect(url, EftlOptions.defaults()).join();
                EftlConnection asker = Eftl.connect(url, EftlOptions.defaults()).join()) {
            SubscribeOptions questions = SubscribeOptions.matching("{\"square\":true}");
            squarer.subscribe(questions, question -> {
                        long n = question.getLong("square").orElse(0);
                        EftlMessage answer =
                                EftlMessage.builder().setLong("answer", n * n).build();
                        squarer.sendReply(question, answer);
                    })
                    .join();
            EftlMessage question = EftlMessage.builder().setLong("square", 12).build();
            EftlMessage answer =
                    asker.sendRequest(question, Duration.ofSeconds(5)).join();
            System.out.println("the answer is " + answer.getLong("answer").orElseThrow());
        }
    }
}
