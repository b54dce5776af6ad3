package io.hawser.examples;

import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlKVMap;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import java.time.Instant;

/** Keeps messages under keys on an eFTL server. */
public final class EftlMap {
    private EftlMap() {}

    /** Takes the server's URL, else the one of a hub on this machine. */
    public static void main(String[] args) {
        String url = args.length > 0 ? args[0] : "ws://127.0.0.1:9191/channel";
        try (EftlConnection connection =
                Eftl.connect(url, EftlOptions.defaults()).join()) {
            EftlKVMap homes = connection.createKVMap("homes");
            EftlMessage home = EftlMessage.builder()
                    .setDouble("lat", 43.56)
                    .setDouble("lon", 1.48)
                    .setDateTime("since", Instant.parse("2024-05-01T08:00:00Z"))
                    .build();
            homes.set("drone-7", home).join();
            System.out.println("drone-7 lives at " + homes.get("drone-7").join().orElseThrow());
            homes.remove("drone-7").join();
            System.out.println("and now: " + homes.get("drone-7").join());
        }
    }
}
