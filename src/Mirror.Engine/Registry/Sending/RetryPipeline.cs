using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Registry.Wire;
using Polly;
using Polly.Retry;

namespace Mirror.Engine.Registry.Sending;

/// <summary>Makes the pipeline that repeats one request while its failure is temporary.</summary>
internal static class RetryPipeline
{
    /// <summary>Attempts of one request, the first included.</summary>
    public const int Attempts = 5;

    public static ResiliencePipeline Create(TimeProvider time, Backoff backoff, EventSink events) =>
        Create(RegistryFailure.IsTemporary, time, backoff, events);

    /// <summary>For <see cref="OptionalQuestions"/>: repeats only what the registry asks to repeat.</summary>
    public static ResiliencePipeline CreateOptional(TimeProvider time, Backoff backoff, EventSink events) =>
        Create(
            static failure => failure.Faults.All(fault => fault.Code == FaultCode.TooManyRequests),
            time, backoff, events);

    private static ResiliencePipeline Create(
        Func<MirrorException, bool> isTemporary, TimeProvider time, Backoff backoff, EventSink events) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = Attempts - 1,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is MirrorException failure && isTemporary(failure)),
                DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(
                    RegistryFailure.Pause(arguments.Outcome.Exception!) ?? backoff.Next(arguments.AttemptNumber)),
                OnRetry = arguments =>
                {
                    Fault fault = ((MirrorException)arguments.Outcome.Exception!).Faults[0];
                    events.Cause(
                        $"Attempt {arguments.AttemptNumber + 2} of {Attempts} in "
                        + $"{SecondCount.Format(arguments.RetryDelay)}: {fault.Code}: {fault.Message}");
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
}
