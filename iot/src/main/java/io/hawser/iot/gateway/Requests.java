package io.hawser.iot.gateway;

import io.hawser.core.value.Fields;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.command.CommandOrder;
import io.hawser.iot.wire.IotCodec;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Commands as devices read them ({@code specs/iot.md} 1.7.2, REQUEST). Pure. */
final class Requests {
    private static final IotCodec CODEC = new IotCodec(IotLimits.DEFAULT);

    private Requests() {}

    /** {@code command} with all members that the original Java library insists on. */
    static IotMessage.Request of(Command command) {
        CommandOrder order = command.order();
        Map<String, List<String>> headers = new LinkedHashMap<>();
        order.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        IotHead head = IotHead.of(command.id(), order.source(), command.created())
                .withId(command.id())
                .between(order.source(), order.device())
                .with(IotHead.Priority.MEDIUM, IotHead.Reliability.BEST_EFFORT);
        return new IotMessage.Request(head, order.method(), order.url(), headers, Fields.EMPTY, order.body());
    }

    /** How many bytes it takes on its way. */
    static int size(Command command) {
        return CODEC.write(of(command)).length;
    }
}
