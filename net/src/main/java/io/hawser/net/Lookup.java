package io.hawser.net;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Finds the addresses of host names on threads of its own, because the system's look-up may block for many seconds. At
 * most {@value #THREADS} names at a time, {@value #QUEUE} more wait, others fail.
 */
final class Lookup extends AddressResolverGroup<InetSocketAddress> {
    private static final int THREADS = 4;
    private static final int QUEUE = 1000;
    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;
    private final Names names;

    Lookup(ThreadFactory factory, Names names) {
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), factory);
        this.names = names;
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new InetNameResolver(executor) {
            @Override
            protected void doResolve(String host, Promise<InetAddress> found) {
                find(host, found);
            }

            @Override
            protected void doResolveAll(String host, Promise<List<InetAddress>> found) {
                Promise<InetAddress> one = executor().newPromise();
                one.addListener(done -> {
                    if (done.isSuccess()) {
                        found.trySuccess(List.of(one.getNow()));
                    } else {
                        found.tryFailure(done.cause());
                    }
                });
                find(host, one);
            }
        }.asAddressResolver();
    }

    private void find(String host, Promise<InetAddress> found) {
        try {
            threads.execute(() -> {
                try {
                    found.trySuccess(names.find(host));
                } catch (UnknownHostException unknown) {
                    found.tryFailure(new UnknownHostException("no address is known for this name"));
                } catch (RuntimeException failure) {
                    found.tryFailure(failure);
                }
            });
        } catch (RejectedExecutionException full) {
            found.tryFailure(new UnknownHostException("too many names are being looked up; try again later"));
        }
    }

    @Override
    public void close() {
        super.close();
        threads.shutdownNow();
    }

    /** Where names are known. */
    interface Names {
        /** The address of {@code host}; may block. */
        InetAddress find(String host) throws UnknownHostException;
    }
}
