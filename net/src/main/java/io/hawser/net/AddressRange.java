package io.hawser.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * The addresses that begin with the same bits, as {@code 192.168.1.0/24} or {@code fd00::/8}; one address is a range too.
 *
 * @param first the bytes of an address of the range
 * @param bits how many bits of it count
 */
public record AddressRange(List<Byte> first, int bits) {
    /** A range with a copy of {@code first}. */
    public AddressRange {
        first = List.copyOf(first);
    }

    /**
     * Reads {@code 192.168.1.0/24}, or a single address.
     *
     * @throws IllegalArgumentException with a text for the user
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] bytes = bytes(text, address);
        int most = bytes.length * Byte.SIZE;
        String bits = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
        if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > most) {
            throw wrong(text, "behind '/' stand 0 to " + most + " bits");
        }
        Byte[] boxed = new Byte[bytes.length];
        Arrays.setAll(boxed, i -> bytes[i]);
        return new AddressRange(List.of(boxed), Integer.parseInt(bits));
    }

    /** True if {@code address} is one of them. */
    public boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        if (other.length != first.size()) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            int at = bit / Byte.SIZE;
            if ((other[at] & mask) != (first.get(at) & mask)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String text, String address) {
        if (!address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            throw wrong(text, "it must begin with an IP address");
        }
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw wrong(text, "it must begin with an IP address");
        }
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException(
                "'" + text + "' is no range of addresses: " + why + "; expected for example '192.168.1.0/24'");
    }
}
