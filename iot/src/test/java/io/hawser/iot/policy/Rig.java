package io.hawser.iot.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.model.ModelException;
import io.hawser.iot.policy.rule.DevicePolicy;
import io.hawser.iot.policy.rule.PolicyException;
import io.hawser.iot.policy.rule.PolicyLimits;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A device with an engine and a clock that is turned by hand. What comes out is shown as text, one line each: {@code data {t=1.0}},
 * {@code alert NORMAL hot {value=1.0}}, {@code call reset []}, {@code problem ...}.
 */
final class Rig {
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    static final String START = "{'id':'P1','lastModified':1,'pipelines':[";
    static final DeviceModel MODEL = model("""
            {"urn":"urn:x","name":"x",
             "attributes":[{"name":"t","alias":"temperature","type":"NUMBER","range":"-1000,1000"},
                           {"name":"h","type":"INTEGER"},
                           {"name":"max","type":"INTEGER","range":"0,100","defaultValue":80},
                           {"name":"name","type":"STRING"},
                           {"name":"on","type":"BOOLEAN"},
                           {"name":"at","type":"DATETIME"}],
             "actions":[{"name":"reset"},{"name":"turn","argType":"INTEGER","range":"0,360"}],
             "formats":[{"urn":"hot","name":"Too hot","type":"ALERT","value":{"fields":[
                             {"name":"value","type":"NUMBER","optional":false},
                             {"name":"count","type":"INTEGER","optional":true}]}},
                        {"urn":"log","name":"Log","type":"DATA","value":{"fields":[
                             {"name":"line","type":"STRING","optional":false}]}}]}
            """);

    final Map<String, Value> device = new HashMap<>();
    final MemoryHeldMessages held;
    private final PolicyLimits limits;
    PolicyEngine engine;
    long now = 1_000_000;
    private int ids;

    Rig(PolicyLimits limits, MemoryHeldMessages held) {
        this.limits = limits;
        this.held = held;
        this.engine = restarted();
    }

    Rig() {
        this(PolicyLimits.DEFAULT, new MemoryHeldMessages());
    }

    /** A device that follows {@code pipelines}, JSON with single quotes. */
    static Rig following(String... pipelines) {
        Rig rig = new Rig();
        rig.follow(pipelines);
        return rig;
    }

    /** A pipeline of {@code attribute} with {@code functions}: {@code mean 'window':10}. */
    static String pipeline(String attribute, String... functions) {
        List<String> all = new ArrayList<>();
        for (String function : functions) {
            String[] parts = function.split(" ", 2);
            all.add("{'id':'" + parts[0] + "','parameters':{" + (parts.length == 1 ? "" : parts[1]) + "}}");
        }
        return "{'attributeName':'" + attribute + "','pipeline':[" + String.join(",", all) + "]}";
    }

    static DeviceModel model(String json) {
        try {
            return DeviceModel.read(JSON.object(json.getBytes(UTF_8)));
        } catch (ModelException | ProtocolException wrong) {
            throw new AssertionError(json, wrong);
        }
    }

    static DevicePolicy policy(PolicyLimits limits, String... pipelines) throws PolicyException {
        String json = (START + String.join(",", pipelines) + "]}").replace('\'', '"');
        try {
            return DevicePolicy.read(JSON.object(json.getBytes(UTF_8)), limits);
        } catch (ProtocolException wrong) {
            throw new AssertionError(json, wrong);
        }
    }

    /** Another engine, as after a restart of the program. */
    PolicyEngine restarted() {
        engine = new PolicyEngine(
                MODEL,
                name -> Optional.ofNullable(device.get(name)),
                held,
                limits,
                new Random(1),
                age -> IotHead.of("id-" + ++ids, "EP-1", now - age));
        return engine;
    }

    List<String> follow(String... pipelines) {
        try {
            return show(engine.assign(policy(limits, pipelines), now));
        } catch (PolicyException wrong) {
            throw new AssertionError(wrong.reason(), wrong);
        }
    }

    List<String> offer(String name, double value) {
        return offer(name, Value.of(value));
    }

    List<String> offer(String name, String value) {
        return offer(name, Value.of(value));
    }

    List<String> offer(String name, Value value) {
        return offer(Fields.of(name, value));
    }

    List<String> offer(Fields values) {
        return show(engine.offer(values, now));
    }

    /** Values of one attribute after one another, at one moment; all that came of them. */
    List<String> offers(String name, double... values) {
        List<String> all = new ArrayList<>();
        for (double value : values) {
            all.addAll(offer(name, value));
        }
        return all;
    }

    /** Turns the clock on by {@code millis}, and stops at each time that the engine asked for. */
    List<String> pass(long millis) {
        List<String> all = new ArrayList<>();
        long end = now + millis;
        while (engine.nextDue().isPresent() && engine.nextDue().getAsLong() <= end) {
            now = engine.nextDue().getAsLong();
            all.addAll(show(engine.due(now)));
        }
        now = end;
        return all;
    }

    List<String> show(PolicyResult result) {
        for (String name : result.values().names()) {
            device.put(name, result.values().get(name).orElseThrow());
        }
        List<String> shown = new ArrayList<>();
        result.messages().forEach(each -> shown.add(show(each)));
        result.calls().forEach(each -> shown.add("call " + each.action() + " " + each.arguments()));
        result.problems().forEach(each -> shown.add("problem " + each));
        return shown;
    }

    private static String show(IotMessage message) {
        if (message instanceof IotMessage.Alert alert) {
            return "alert " + alert.severity() + " " + alert.format() + " " + alert.items();
        }
        if (message instanceof IotMessage.Data data) {
            return (data.format().equals("urn:x:attributes") ? "data " : data.format() + " ") + data.items();
        }
        return message.type().toString();
    }
}
