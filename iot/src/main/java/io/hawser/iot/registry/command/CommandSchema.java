package io.hawser.iot.registry.command;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.kept.Pieces;
import io.hawser.iot.registry.kept.Schema;
import java.time.Duration;
import java.util.Optional;

/**
 * Between commands and their records, the table {@code iot-commands}. Pure.
 *
 * <pre>
 *   command  text id, count number, order, count size, number created, text state, reason, number delivered, ended,
 *            0 | 1 count status bytes body number at, yes late
 *   order    text device, application, source, method, url, pairs headers, bytes body, count timeToLive, answerTimeout (ms)
 * </pre>
 */
final class CommandSchema {
    static final Schema<Command> COMMANDS =
            new Schema<>("iot-commands", Command::id, CommandSchema::write, CommandSchema::read);

    private CommandSchema() {}

    private static void write(ByteWriter out, Command command) {
        out.text(command.id()).count(command.number());
        order(out, command.order());
        out.count(command.size())
                .number(command.created())
                .text(command.state().name())
                .text(command.reason())
                .number(command.delivered())
                .number(command.ended())
                .octet(command.answer().isPresent() ? 1 : 0);
        command.answer()
                .ifPresent(answer ->
                        out.count(answer.status()).bytes(answer.body().bytes()).number(answer.at()));
        out.octet(command.late() ? 1 : 0);
    }

    private static void order(ByteWriter out, CommandOrder order) {
        out.text(order.device())
                .text(order.application())
                .text(order.source())
                .text(order.method())
                .text(order.url());
        Pieces.pairs(out, order.headers());
        out.bytes(order.body().bytes())
                .count(order.timeToLive().toMillis())
                .count(order.answerTimeout().toMillis());
    }

    private static Command read(ByteReader in) throws BytesException {
        return new Command(
                in.text(),
                in.count(),
                order(in),
                (int) in.count(),
                in.number(),
                Schema.constant(CommandState.class, in.text()),
                in.text(),
                in.number(),
                in.number(),
                answer(in),
                in.yes());
    }

    private static CommandOrder order(ByteReader in) throws BytesException {
        return new CommandOrder(
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                Pieces.pairs(in),
                new Value.Opaque(in.bytes()),
                Duration.ofMillis(in.count()),
                Duration.ofMillis(in.count()));
    }

    private static Optional<CommandAnswer> answer(ByteReader in) throws BytesException {
        return in.yes()
                ? Optional.of(new CommandAnswer((int) in.count(), new Value.Opaque(in.bytes()), in.number()))
                : Optional.empty();
    }
}
