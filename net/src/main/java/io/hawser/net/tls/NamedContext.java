package io.hawser.net.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A context whose sockets accept a certificate only if it is for the host that was asked for, which JDK's own sockets leave to
 * whoever uses them. Immutable; callable from any thread.
 */
final class NamedContext extends SSLContext {
    /** As {@code plain}, but for the check. */
    NamedContext(SSLContext plain) {
        super(new Named(plain), plain.getProvider(), plain.getProtocol());
    }

    private static <S extends Socket> S checked(S socket) {
        if (socket instanceof SSLSocket guarded) {
            SSLParameters parameters = guarded.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            guarded.setSSLParameters(parameters);
        }
        return socket;
    }

    private static final class Named extends SSLContextSpi {
        private final SSLContext plain;

        Named(SSLContext plain) {
            this.plain = plain;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trusted, SecureRandom random)
                throws KeyManagementException {
            plain.init(keys, trusted, random);
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new Sockets(plain.getSocketFactory());
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return plain.getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return plain.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return plain.createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return plain.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return plain.getClientSessionContext();
        }
    }

    private static final class Sockets extends SSLSocketFactory {
        private final SSLSocketFactory plain;

        Sockets(SSLSocketFactory plain) {
            this.plain = plain;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return plain.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return plain.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket() throws IOException {
            return checked(plain.createSocket());
        }

        @Override
        public Socket createSocket(Socket below, String host, int port, boolean close) throws IOException {
            return checked(plain.createSocket(below, host, port, close));
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return checked(plain.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
            return checked(plain.createSocket(host, port, from, fromPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return checked(plain.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
            return checked(plain.createSocket(host, port, from, fromPort));
        }
    }
}
