package io.hawser.ivy.wire;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Makes random frames that every agent can send. */
final class IvyFrames {
    private static final String[] PIECES = {
        "",
        " ",
        "a",
        "hello (.*)",
        "\u00e9",
        "\u20ac",
        "\ud83d\ude80",
        "\r",
        "\t",
        "\u0002",
        "^x$",
        "0",
        "-1",
        "\\",
        "\""
    };

    private IvyFrames() {}

    static IvyFrame random(Random random) {
        int number = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(100);
        return switch (random.nextInt(11)) {
            case 0 -> new IvyFrame.Bye(text(random));
            case 1 -> new IvyFrame.Subscribe(number, text(random));
            case 2 -> new IvyFrame.Text(number, captures(random));
            case 3 -> new IvyFrame.Problem(number, text(random));
            case 4 -> new IvyFrame.Unsubscribe(number);
            case 5 -> new IvyFrame.EndOfSubscriptions();
            case 6 -> new IvyFrame.PeerId(random.nextInt(65_536), text(random));
            case 7 -> new IvyFrame.Direct(number, text(random) + (char) 3);
            case 8 -> new IvyFrame.Die(number, text(random));
            case 9 -> new IvyFrame.Ping(number);
            default -> new IvyFrame.Pong(number);
        };
    }

    private static List<String> captures(Random random) {
        return Stream.generate(() -> text(random)).limit(random.nextInt(6)).toList();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
