package io.hawser.app.doctor;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;

/** Looks whether a machine tells the time by NTP, which clever-show copters set their clocks by ({@code specs/clever.md} 2.6). */
public final class TimeDoctor {
    private static final String WHAT = "ntp";
    private static final int PATIENCE_MILLIS = 1_000;
    private static final int PACKET = 48;
    /** Version 4, a client asks. */
    private static final byte ASK = 0x23;

    private static final int MODE = 0x07;
    private static final int SERVER = 4;

    private TimeDoctor() {}

    /** What is seen at {@code server}; takes a second if nobody answers. */
    public static Finding look(InetSocketAddress server) {
        byte[] packet = new byte[PACKET];
        packet[0] = ASK;
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(server);
            socket.send(new DatagramPacket(packet, packet.length));
            DatagramPacket answer = new DatagramPacket(new byte[PACKET], PACKET);
            socket.receive(answer);
            boolean told = answer.getLength() == PACKET && (answer.getData()[0] & MODE) == SERVER;
            return told ? Finding.good(WHAT, shown(server) + " tells the time") : silent(server);
        } catch (SocketTimeoutException late) {
            return silent(server);
        } catch (IOException refused) {
            return silent(server);
        }
    }

    private static String shown(InetSocketAddress server) {
        return server.getAddress().getHostAddress() + ":" + server.getPort();
    }

    private static Finding silent(InetSocketAddress server) {
        return Finding.bad(
                WHAT,
                shown(server) + " does not tell the time by NTP, so copters keep their own",
                "install chrony there, with 'local stratum 8' and 'allow'; fleet start asks each copter for its clock meanwhile");
    }
}
