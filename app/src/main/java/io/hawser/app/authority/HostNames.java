package io.hawser.app.authority;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names and addresses by which others reach this machine. */
public final class HostNames {
    private HostNames() {}

    /** {@code localhost} and its addresses, the host's own name, and the addresses of its interfaces, in this order. */
    public static List<String> ofThisMachine() {
        Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        try {
            String host = InetAddress.getLocalHost().getHostName();
            if (LocalAuthority.isName(host)) {
                names.add(host);
            }
        } catch (UnknownHostException nameless) {
            names.add("localhost");
        }
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .forEach(address -> names.add(withoutScope(address)));
        } catch (SocketException unknown) {
            names.add("127.0.0.1");
        }
        return List.copyOf(names);
    }

    private static String withoutScope(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }
}
