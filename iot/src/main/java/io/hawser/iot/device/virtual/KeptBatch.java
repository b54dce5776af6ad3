package io.hawser.iot.device.virtual;

import io.hawser.iot.dispatch.kept.KeptMessage;
import io.hawser.iot.dispatch.kept.KeptRow;
import io.hawser.iot.dispatch.kept.KeptTable;
import io.hawser.iot.policy.HeldMessages;
import io.hawser.iot.wire.IotCodec;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What policies of one virtual device hold back, on disk as well, so that it outlives the program ({@code specs/iot.md} 3.9). Owner:
 * whoever owns the policies.
 */
final class KeptBatch implements HeldMessages {
    private static final Logger LOG = LoggerFactory.getLogger(KeptBatch.class);

    private final KeptTable table;
    private final String owner;
    private final IotCodec codec = new IotCodec(IotLimits.DEFAULT);
    private final List<KeptRow> rows = new ArrayList<>();

    KeptBatch(KeptTable table, String endpoint, String model) {
        this.table = table;
        this.owner = endpoint + " " + model;
    }

    @Override
    public List<IotMessage> load() {
        try {
            List<KeptMessage> kept = table.load(owner).join();
            kept.forEach(each -> rows.add(each.row()));
            return kept.stream().map(KeptMessage::message).toList();
        } catch (CompletionException unreadable) {
            LOG.warn("iot[{}] what policies held back cannot be read: {}", owner, unreadable.getMessage());
            return List.of();
        }
    }

    @Override
    public void add(IotMessage message) {
        rows.add(table.keep(owner, codec.write(message)));
    }

    @Override
    public void release(List<IotMessage> messages) {
        rows.forEach(table::release);
        rows.clear();
    }
}
