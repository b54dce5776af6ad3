package io.hawser.verify.crash;

import io.hawser.core.value.Value;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The consumer of one durable over all lives of the hub, and what it found wrong. */
final class Witness {
    private final String name;
    private final Map<String, Long> heard = new ConcurrentHashMap<>();
    private final Map<String, Long> lastNumbers = new HashMap<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private long lastId;

    Witness(String name) {
        this.name = name;
    }

    /** Listens on {@code connection} from now on. */
    void listen(EftlConnection connection) {
        connection
                .subscribe(SubscribeOptions.everything().durable("all"), this::hear)
                .join();
    }

    EftlConnection connect(HubProcess hub) {
        return hub.client(name);
    }

    Set<String> heard() {
        return heard.keySet();
    }

    List<String> wrong() {
        return wrong;
    }

    private synchronized void hear(EftlMessage message) {
        String publisher = message.fields().string("from").orElseThrow();
        long number = ((Value.Int) message.fields().get("n").orElseThrow()).value();
        long id = message.storeMessageId();
        String what = name + " heard " + publisher + "/" + number + " id " + id + " x" + message.deliveryCount();
        Long before = heard.put(publisher + "/" + number, id);
        if (before != null) {
            check(message.deliveryCount() >= 2, what + " again without a flag");
            check(before == id, what + ", before with id " + before);
            return;
        }
        check(id > lastId, what + " after id " + lastId);
        check(number > lastNumbers.getOrDefault(publisher, 0L), what + " out of order");
        lastId = id;
        lastNumbers.put(publisher, number);
    }

    private void check(boolean right, String what) {
        if (!right) {
            wrong.add(what);
        }
    }
}
