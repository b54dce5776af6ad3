package io.hawser.ivy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what an agent is told, a line each. */
final class Notebook implements IvyListener {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    List<String> lines() {
        return List.copyOf(lines);
    }

    IvyTextHandler texts(String prefix) {
        return (client, args) -> lines.add(prefix + " " + client.name() + " " + args);
    }

    @Override
    public void joined(IvyClient client) {
        lines.add("joined " + client.name());
    }

    @Override
    public void left(IvyClient client, String reason) {
        lines.add("left " + client.name() + ": " + reason);
    }

    @Override
    public void subscribed(IvyClient client, int id, String regexp) {
        lines.add("subscribed " + client.name() + " " + id + " " + regexp);
    }

    @Override
    public void unsubscribed(IvyClient client, int id) {
        lines.add("unsubscribed " + client.name() + " " + id);
    }

    @Override
    public void direct(IvyClient client, int number, String text) {
        lines.add("direct " + client.name() + " " + number + " " + text);
    }

    @Override
    public void direct(IvyClient client, int number, List<String> parameters) {
        lines.add("parameters " + client.name() + " " + number + " " + parameters);
    }

    @Override
    public void congested(IvyClient client) {
        lines.add("congested " + client.name());
    }

    @Override
    public void relieved(IvyClient client) {
        lines.add("relieved " + client.name());
    }

    @Override
    public void die(IvyClient client, int number, String reason) {
        lines.add("die " + client.name() + " " + number + " " + reason);
    }

    @Override
    public void problem(IvyClient client, int code, String reason) {
        lines.add("problem " + client.name() + " " + code + " " + reason);
    }
}
