package io.hawser.iot.policy;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.IotMessage;
import java.util.ArrayList;
import java.util.List;

/** Collects what comes out of one call of the engine. Owned by that call. */
final class Outcome {
    private final Fields.Builder values = Fields.builder();
    private final List<IotMessage> messages = new ArrayList<>();
    private final List<ActionCall> calls = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    void value(String attribute, Value value) {
        values.put(attribute, value);
    }

    void message(IotMessage message) {
        messages.add(message);
    }

    void messages(List<IotMessage> several) {
        messages.addAll(several);
    }

    void call(ActionCall call) {
        calls.add(call);
    }

    void problem(String problem) {
        problems.add(problem);
    }

    PolicyResult result() {
        return new PolicyResult(values.build(), messages, calls, problems);
    }
}
