package io.phyla.search.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenetics.Genotype;
import io.jenetics.IntegerChromosome;
import io.jenetics.IntegerGene;
import io.jenetics.Phenotype;
import io.jenetics.util.ISeq;
import io.phyla.search.strategy.Strategy.Result;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.schema.Json;
import java.util.ArrayList;
import java.util.List;

/** Results as members of a population: Jenetics' phenotypes on one side, JSON on the other. */
final class Individual {

    private Individual() {}

    /** The member as Jenetics selects among it; its generation is the candidate's number. */
    static <C extends Comparable<? super C>> Phenotype<IntegerGene, C> phenotype(
            SearchSpace space, Result result, C fitness) {
        IntegerChromosome[] chromosomes = new IntegerChromosome[result.genome().size()];
        for (int i = 0; i < chromosomes.length; i++) {
            int options = space.decisions().get(i).options().size();
            chromosomes[i] = IntegerChromosome.of(IntegerGene.of(result.genome().option(i), 0, options));
        }
        return Phenotype.of(Genotype.of(ISeq.of(chromosomes)), result.number(), fitness);
    }

    /** The genome the member carries. */
    static Genome genome(Phenotype<IntegerGene, ?> phenotype) {
        return Genome.of(phenotype.genotype().stream()
                .mapToInt(chromosome -> chromosome.gene().intValue())
                .toArray());
    }

    static ArrayNode write(Iterable<Result> results) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        for (Result result : results) {
            ObjectNode item = json.addObject();
            item.put("number", result.number()).put("genome", result.genome().toString());
            ArrayNode gains = item.putArray("gains");
            for (double gain : result.gains()) {
                gains.add(gain);
            }
        }
        return json;
    }

    static List<Result> read(JsonNode json) {
        List<Result> results = new ArrayList<>();
        for (JsonNode item : json) {
            double[] gains = new double[item.path("gains").size()];
            for (int i = 0; i < gains.length; i++) {
                gains[i] = item.path("gains").get(i).asDouble();
            }
            results.add(new Result(
                    item.path("number").asLong(),
                    Genome.parse(item.path("genome").asText()),
                    gains));
        }
        return results;
    }
}
