package io.hawser.iot.dispatch.kept;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what was asked, in order: whatever has come is one transaction and one sync (group commit). A message that is forgotten before
 * it was written is never written. Owner of the database is the round that runs on the executor, never two at a time.
 */
final class Writer {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int MAX_JOBS = 4_096;

    private final Executor executor;
    private final AtomicLong lastKey;
    private final Queue<Job> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    /** What insists and could not be done yet. */
    private final Deque<Job> again = new ArrayDeque<>();

    private final Database database;
    private boolean closed;
    /** Whether the last transaction failed: it is said once. */
    private boolean failing;

    Writer(Database database, Executor executor) throws KeptException {
        this.database = database;
        this.executor = executor;
        this.lastKey = new AtomicLong(database.lastKey());
    }

    long nextKey() {
        return lastKey.incrementAndGet();
    }

    void add(Job job) {
        asked.add(job);
        if (waiting.getAndIncrement() == 0) {
            roundLater();
        }
    }

    private void roundLater() {
        try {
            executor.execute(this::round);
        } catch (RejectedExecutionException ended) {
            LOG.debug("the executor for the disk takes nothing more; what is left is done here", ended);
            round();
        }
    }

    private void round() {
        List<Job> jobs = new ArrayList<>();
        for (Job job = asked.poll(); job != null; job = jobs.size() < MAX_JOBS ? asked.poll() : null) {
            jobs.add(job);
        }
        int taken = jobs.size();
        if (closed) {
            KeptException why = new KeptException("the file is closed");
            jobs.forEach(job -> job.failed(why));
        } else {
            work(jobs);
        }
        if (waiting.addAndGet(-taken) > 0) {
            roundLater();
        }
    }

    private void work(List<Job> jobs) {
        List<Job> needed = new ArrayList<>(again);
        again.clear();
        needed.addAll(withoutShortLived(jobs));
        if (!attempt(needed) && needed.size() > 1) {
            // One of them may be to blame, or the disk; alone each shows it.
            needed.forEach(job -> attempt(List.of(job)));
        }
        for (Job job : jobs) {
            if (job instanceof Job.Flush flush && flush.close()) {
                closed = true;
                database.close();
            }
        }
    }

    private boolean attempt(List<Job> jobs) {
        try {
            database.transaction(() -> {
                for (Job job : jobs) {
                    job.run(database);
                }
            });
            if (failing) {
                LOG.info("{} can be written again", database);
            }
            failing = false;
            jobs.forEach(Job::done);
            return true;
        } catch (KeptException failure) {
            if (jobs.size() == 1) {
                failed(jobs.get(0), failure);
            }
            return false;
        }
    }

    private void failed(Job job, KeptException failure) {
        if (!failing) {
            LOG.warn("{}", failure.getMessage());
        }
        failing = true;
        if (job.insists()) {
            again.add(job);
        } else {
            job.failed(failure);
        }
    }

    /** {@code jobs} without messages that came and went meanwhile. */
    private static List<Job> withoutShortLived(List<Job> jobs) {
        Set<Long> released = new HashSet<>();
        Set<Long> unwritten = new HashSet<>();
        for (Job job : jobs) {
            if (job instanceof Job.Release release) {
                released.add(release.key());
            }
        }
        for (Job job : jobs) {
            if (job instanceof Job.Keep keep && released.contains(keep.row().key())) {
                unwritten.add(keep.row().key());
                keep.done();
            }
        }
        return jobs.stream()
                .filter(job -> !(job instanceof Job.Keep keep
                        && unwritten.contains(keep.row().key())))
                .filter(job -> !(job instanceof Job.Release release && unwritten.contains(release.key())))
                .toList();
    }
}
