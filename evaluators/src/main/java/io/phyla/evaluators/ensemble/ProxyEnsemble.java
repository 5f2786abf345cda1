package io.phyla.evaluators.ensemble;

import io.phyla.evaluators.engine.SplitMix;
import io.phyla.evaluators.proxy.ProxyEvaluator;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.metric.Resources;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.schema.Nearest;
import io.phyla.spaces.schema.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several proxies made one: the majority vote of zero-cost proxies (Abdelfattah et al., ICLR 2021, there between pairs of
 * candidates), and a weighted mean of percentiles. Both need others to compare with, and a candidate's figure must not depend on
 * which candidates came before it: so designs are compared with a sample drawn uniformly from the space.
 *
 * <p>The sample is computed when an evaluation is opened and is not part of any candidate's cost. A reference design that cannot
 * be evaluated has no defined proxy.
 */
public final class ProxyEnsemble implements Evaluator<EnsembleParameters> {

    private static final List<Metric> METRICS = List.of(
            new Metric(
                    "vote",
                    "",
                    Direction.MAXIMIZE,
                    false,
                    "share of reference designs of the space that the majority of some proxies places below"),
            new Metric(
                    "combination",
                    "",
                    Direction.MAXIMIZE,
                    false,
                    "weighted mean of the percentiles of some proxies among reference designs of the space"));

    private static final Logger LOG = LoggerFactory.getLogger(ProxyEnsemble.class);

    private final ProxyEvaluator proxies = new ProxyEvaluator();
    private final Map<String, Direction> directions =
            proxies.metrics().stream().collect(Collectors.toMap(Metric::name, Metric::direction));

    @Override
    public String name() {
        return "proxy-ensemble";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<Metric> metrics() {
        return METRICS;
    }

    @Override
    public Class<EnsembleParameters> parameters() {
        return EnsembleParameters.class;
    }

    @Override
    public List<Problem> check(EnsembleParameters parameters, Artifacts artifacts) {
        List<Problem> problems = new ArrayList<>(inside(proxies.check(parameters.proxies(), artifacts)));
        List<String> voters = parameters.voters();
        for (int i = 0; i < voters.size(); i++) {
            known(voters.get(i), "/voters/" + i, problems);
        }
        List<EnsembleParameters.Weight> weights = parameters.combination();
        for (int i = 0; i < weights.size(); i++) {
            known(weights.get(i).proxy(), "/combination/" + i + "/proxy", problems);
        }
        if (weights.stream().allMatch(weight -> weight.weight() == 0)) {
            problems.add(new Problem("/combination", "at least one weight must not be 0"));
        }
        return problems;
    }

    private void known(String proxy, String pointer, List<Problem> problems) {
        if (!directions.containsKey(proxy)) {
            problems.add(new Problem(pointer, Nearest.unknown("proxy", proxy, new TreeSet<>(directions.keySet()))));
        }
    }

    @Override
    public List<Problem> check(EnsembleParameters parameters, SearchSpace space, Artifacts artifacts) {
        return inside(proxies.check(parameters.proxies(), space, artifacts));
    }

    private static List<Problem> inside(List<Problem> problems) {
        return problems.stream()
                .map(problem -> new Problem("/proxies" + problem.pointer(), problem.detail()))
                .toList();
    }

    @Override
    public EnsembleParameters pin(EnsembleParameters parameters, Artifacts artifacts) {
        return new EnsembleParameters(
                proxies.pin(parameters.proxies(), artifacts),
                parameters.voters(),
                parameters.combination(),
                parameters.references(),
                parameters.referenceSeed());
    }

    @Override
    public Evaluation open(EnsembleParameters parameters, SearchSpace space, Set<String> wanted, Resources resources) {
        Set<String> needed = new TreeSet<>();
        if (wanted.contains("vote")) {
            needed.addAll(parameters.voters());
        }
        if (wanted.contains("combination")) {
            parameters.combination().forEach(weight -> needed.add(weight.proxy()));
        }
        Evaluation scores = proxies.open(parameters.proxies(), space, needed, resources);
        try {
            return new Compared(parameters, Set.copyOf(wanted), scores, sample(parameters, space, scores));
        } catch (RuntimeException | Error e) {
            scores.close();
            throw e;
        }
    }

    ReferenceSample sample(EnsembleParameters parameters, SearchSpace space, Evaluation scores) {
        SplitMix random = new SplitMix(parameters.referenceSeed());
        List<Map<String, Double>> all = new ArrayList<>();
        for (int i = 0; i < parameters.references(); i++) {
            Genome genome = space.sample(random::nextLong);
            all.add(score(genome, space.decode(genome), random.nextLong(), scores));
        }
        return new ReferenceSample(directions, all);
    }

    /** Whatever a worker would let a candidate fail for must not fail all those that are compared with it. */
    private static Map<String, Double> score(Genome genome, Design design, long seed, Evaluation scores) {
        try {
            return new TreeMap<>(scores.evaluate(genome, design, seed).values());
        } catch (RuntimeException e) {
            LOG.info("reference design {} has no proxies", genome, e);
            return Map.of();
        }
    }

    private record Compared(
            EnsembleParameters parameters, Set<String> wanted, Evaluation scores, ReferenceSample sample)
            implements Evaluation {

        @Override
        public Evaluated evaluate(Genome genome, Design design, long seed) {
            Evaluated own = scores.evaluate(genome, design, seed);
            Map<String, Double> values = new LinkedHashMap<>();
            if (wanted.contains("vote")) {
                values.put("vote", sample.vote(own.values(), parameters.voters()));
            }
            if (wanted.contains("combination")) {
                values.put("combination", sample.combination(own.values(), parameters.combination()));
            }
            return new Evaluated(values, own.cost());
        }

        @Override
        public void close() {
            scores.close();
        }
    }
}
