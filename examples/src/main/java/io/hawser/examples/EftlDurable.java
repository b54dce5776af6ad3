package io.hawser.examples;

import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlConnectionListener;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import java.util.concurrent.CountDownLatch;

/**
 * Works through a durable: what is published while this program is away waits for it, and each message counts as done only
 * when the program says so. Stop it, publish, start it again.
 */
public final class EftlDurable {
    private EftlDurable() {}

    /** Takes the server's URL, else the one of a hub on this machine. Runs until the connection ends; a lost one comes back. */
    public static void main(String[] args) throws InterruptedException {
        String url = args.length > 0 ? args[0] : "ws://127.0.0.1:9191/channel";
        CountDownLatch ended = new CountDownLatch(1);
        EftlConnectionListener untilTheEnd = new EftlConnectionListener() {
            @Override
            public void disconnected(EftlConnection gone, int code, String reason) {
                ended.countDown();
            }
        };
        EftlOptions me = EftlOptions.defaults().clientId("worker-1").listener(untilTheEnd);
        try (EftlConnection connection = Eftl.connect(url, me).join()) {
            SubscribeOptions jobs =
                    SubscribeOptions.everything().durable("jobs").acknowledgedByHand();
            connection
                    .subscribe(jobs, message -> {
                        System.out.println(
                                message.storeMessageId() + ", delivery " + message.deliveryCount() + ": " + message);
                        connection.acknowledge(message);
                    })
                    .join();
            ended.await();
        }
    }
}
