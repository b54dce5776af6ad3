package io.hawser.iot.policy;

import io.hawser.iot.policy.rule.Statistic;

/**
 * Numbers, as far as statistics need them: the mean by their sum, the deviation by the squares of their distances from it, so that
 * large numbers which are close together keep their digits. Owned by one window.
 */
final class Summary {
    private long count;
    private double sum;
    private double squares;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    void add(double number) {
        double before = count == 0 ? number : sum / count;
        count++;
        sum += number;
        squares += (number - before) * (number - sum / count);
        min = Math.min(min, number);
        max = Math.max(max, number);
    }

    void add(Summary other) {
        if (other.count == 0) {
            return;
        }
        double apart = count == 0 ? 0 : other.sum / other.count - sum / count;
        squares += other.squares + apart * apart * count * other.count / (count + other.count);
        count += other.count;
        sum += other.sum;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    boolean isEmpty() {
        return count == 0;
    }

    double value(Statistic statistic) {
        return switch (statistic) {
            case MEAN -> sum / count;
            case MIN -> min;
            case MAX -> max;
            case STANDARD_DEVIATION -> Math.sqrt(Math.max(0, squares / count));
        };
    }
}
