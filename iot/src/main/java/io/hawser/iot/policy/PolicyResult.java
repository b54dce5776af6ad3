package io.hawser.iot.policy;

import io.hawser.core.value.Fields;
import io.hawser.iot.wire.IotMessage;
import java.util.List;

/**
 * What came out of policies, and what to do with it, in this order.
 *
 * @param values what attributes of the device have now, by their names; each fits the model
 * @param messages what to queue, in order; values that are held back in a batch are not among them
 * @param calls what to call on the device
 * @param problems what could not be done and why, a line each, for the log
 */
public record PolicyResult(Fields values, List<IotMessage> messages, List<ActionCall> calls, List<String> problems) {
    /** With copies of the lists. */
    public PolicyResult {
        messages = List.copyOf(messages);
        calls = List.copyOf(calls);
        problems = List.copyOf(problems);
    }
}
