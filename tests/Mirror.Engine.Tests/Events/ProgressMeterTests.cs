using System.Globalization;
using Mirror.Engine.Events;
using Mirror.Engine.Tests.Time;
using Xunit;

namespace Mirror.Engine.Tests.Events;

public sealed class ProgressMeterTests : IProgress<MirrorEvent>
{
    private readonly ManualTimeProvider _clock = new();
    private readonly List<(double Seconds, TransferProgressed Event)> _events = [];
    private readonly long _start;

    public ProgressMeterTests() => _start = _clock.GetTimestamp();

    void IProgress<MirrorEvent>.Report(MirrorEvent value) => _events.Add(
        (_clock.GetElapsedTime(_start).TotalSeconds, (TransferProgressed)value));

    [Fact]
    public void Lines_of_a_long_run_come_ever_further_apart_up_to_a_minute()
    {
        ProgressMeter meter = Meter(7_200);
        for (int second = 1; second <= 7_200; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            meter.Moved(1);
        }

        double[] lines = [.. Lines().Select(line => line.Seconds)];
        Assert.Equal([2, 4, 6, 8, 10, 14, 18, 24, 30, 38, 48, 60], lines.TakeWhile(second => second <= 60));
        Assert.InRange(lines.Length, 110, 150);
        Assert.All(lines.Zip(lines.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 2, 62));

        // A program that shows a bar gets all the others, too.
        Assert.Equal(3_600, _events.Count);
        Assert.All(
            _events.Except(Lines()), other => Assert.Equal(MirrorEventLevel.Request, other.Event.Level));
    }

    [Fact]
    public void A_line_has_done_total_rate_and_time_left()
    {
        ProgressMeter meter = Meter(400_000_000);
        meter.ItemDone();
        _clock.Advance(TimeSpan.FromSeconds(2));

        meter.Moved(4_000_000);

        Assert.Equal("4.0 MB of 400.0 MB, 1 of 9 blobs, 2.0 MB/s, 3m18s left", Assert.Single(Lines()).Event.Message);
    }

    [Fact]
    public void What_was_there_counts_as_done_and_not_for_the_rate()
    {
        ProgressMeter meter = Meter(400);
        meter.Held(300);
        _clock.Advance(TimeSpan.FromSeconds(10));

        meter.Moved(50);

        Assert.Equal("350 B of 400 B, 0 of 9 blobs, 5 B/s, 10s left", Assert.Single(Lines()).Event.Message);
    }

    [Fact]
    public void The_end_is_a_line_however_soon_it_comes()
    {
        ProgressMeter meter = Meter(400);
        meter.Moved(400);

        meter.Report();

        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"400 B of 400 B, 0 of 9 blobs, 0 B/s"),
            Assert.Single(Lines()).Event.Message);
    }

    [Fact]
    public void Work_that_is_complete_ends_with_all_of_it_and_says_what_was_counted()
    {
        ProgressMeter meter = Meter(400);
        meter.Moved(390);
        meter.ItemDone();

        meter.ReportCompletion();

        TransferProgressed end = Assert.Single(Lines()).Event;
        Assert.Equal((400L, 400L, 9, 9, "blobs"), (
            end.DoneBytes, end.TotalBytes, end.DoneItems, end.TotalItems, end.Noun));
        Assert.StartsWith("400 B of 400 B, 9 of 9 blobs, ", end.Message, StringComparison.Ordinal);
    }

    private ProgressMeter Meter(long bytes) => new(bytes, 9, "blobs", _clock, new EventSink(this));

    private List<(double Seconds, TransferProgressed Event)> Lines() =>
        [.. _events.Where(entry => entry.Event.Level == MirrorEventLevel.Milestone)];
}
