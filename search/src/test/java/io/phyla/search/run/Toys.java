package io.phyla.search.run;

/** Documents over the spaces and metrics of these tests. */
final class Toys {

    /** Two objectives, repaired, some failing. */
    static final String NSGA2 = """
        {"name":"test","space":{"name":"toy"},"objectives":[{"metric":"toy"},{"metric":"toy_cost"}],
         "constraints":[{"metric":"size","max":3}],
         "strategy":{"name":"nsga2","parameters":{"population":20}},
         "budget":{"evaluations":300},"window":10,"seed":5}\
        """;

    /** One objective, some failing. */
    static final String EVOLUTION = """
        {"name":"test","space":{"name":"toy"},"objectives":[{"metric":"toy"}],
         "strategy":{"name":"regularized-evolution","parameters":{"population":20,"tournament":5}},
         "budget":{"evaluations":400},"window":7,"seed":2}\
        """;

    /** So few designs that most proposals repeat one; bounds so tight that some are rejected. */
    static final String NARROW = """
        {"name":"test","space":{"name":"toy","parameters":{"decisions":4}},"objectives":[{"metric":"toy"}],
         "constraints":[{"metric":"size","min":3}],"strategy":{"name":"random"},
         "budget":{"evaluations":100},"window":5,"seed":8}\
        """;

    /** Everything follows from the design; nothing is handed out. */
    static final String CHEAP = """
        {"name":"test","space":{"name":"toy"},"objectives":[{"metric":"size"}],
         "strategy":{"name":"regularized-evolution","parameters":{"population":10,"tournament":2}},
         "budget":{"evaluations":200},"window":4,"seed":1}\
        """;

    /** Starts from what is known and ends with the best beside two yardsticks, four times each. */
    static final String FINISH = """
        {"name":"test","space":{"name":"toy"},"objectives":[{"metric":"toy"},{"metric":"toy_cost"}],
         "strategy":{"name":"pareto-tournament","parameters":{"population":20}},
         "start":["all_c","all_a","all_b"],"budget":{"evaluations":60},"window":5,"seed":4,
         "finish":{"yardsticks":["square","plain"]}}\
        """;

    /** Most proposals fall to a screen, and of those that pass many are the same to it. */
    static final String SCREENED = """
        {"name":"test","space":{"name":"toy"},"objectives":[{"metric":"toy"}],"metrics":["sieve_sum"],
         "constraints":[{"metric":"size","max":8}],"evaluators":{"sieve":{"modulus":3}},
         "strategy":{"name":"regularized-evolution","parameters":{"population":20,"tournament":2}},
         "budget":{"evaluations":90},"window":7,"seed":4}\
        """;

    /** Everything at once: known designs of which one falls to the screen, tournaments of what passes, a last phase. */
    static final String WHOLE = """
        {"name":"test","space":{"name":"toy"},"objectives":[{"metric":"toy"},{"metric":"toy_cost"}],
         "metrics":["sieve_sum"],"evaluators":{"sieve":{"modulus":3}},
         "strategy":{"name":"pareto-tournament","parameters":{"population":20}},
         "start":["all_b","all_c","all_e"],"budget":{"evaluations":60},"window":5,"seed":4,
         "finish":{"best":2,"seeds":3,"metrics":["toy"],"yardsticks":["square"]}}\
        """;

    private Toys() {}
}
