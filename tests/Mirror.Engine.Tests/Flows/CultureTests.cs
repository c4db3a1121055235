using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Mirror.Engine.Errors;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Settings;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;
using WireRequest = Mirror.Engine.Registry.Wire.RegistryRequest;

namespace Mirror.Engine.Tests.Flows;

/// <summary>
/// Logs and reports are read by scripts and by people elsewhere: numbers do not depend on the language of the machine.
/// The culture is made here, since a machine may know no languages.
/// </summary>
public sealed partial class CultureTests : IProgress<MirrorEvent>
{
    private readonly ConcurrentQueue<MirrorEvent> _events = new();

    private static CultureInfo German { get; } = MakeGerman();

    void IProgress<MirrorEvent>.Report(MirrorEvent value) => _events.Enqueue(value);

    [Fact]
    public async Task No_run_writes_a_number_with_a_comma()
    {
        CultureInfo.CurrentCulture = German;
        await using TestRegistry source = await MiniSource.StartAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        int requests = 0;
        source.Faults.Add(
            request => request.IsBlob() && Interlocked.Increment(ref requests) == 1,
            new RegistryFault { Status = 503, Headers = new Dictionary<string, string> { ["Retry-After"] = "0" } });
        using TemporaryFolder folder = new();
        string bundle = folder.Combine("bundle");
        MirrorEngine engine = new(new Dictionary<string, string>(), TimeProvider.System);
        CancellationToken stop = TestContext.Current.CancellationToken;

        await engine.PullAsync(
            EngineRun.Of(source, bundle).Settings with { GostDigest = true, ReportFile = folder.Combine("{verb}.md") },
            this,
            stop);
        await engine.VerifyAsync(
            new() { BundleDirectory = bundle, ReportFile = folder.Combine("{verb}.md") }, this, stop);
        await engine.VerifyGostDigestAsync(new() { BundleDirectory = bundle }, this, stop);
        await engine.PushAsync(new PushRun(target.Host, bundle).Settings, this, stop);

        string[] lines =
        [
            .. _events.Select(line => line.Message),
            .. Directory.GetFiles(folder.FullName, "*.md").SelectMany(File.ReadAllLines),
        ];
        Assert.Contains(lines, line => line.StartsWith("Attempt 2 of ", StringComparison.Ordinal));
        Assert.Equal(6, lines.Count(line => Seconds().IsMatch(line)));
        Assert.DoesNotContain(lines, line => Comma().IsMatch(line));
    }

    [Fact]
    public void Seconds_have_a_point_in_every_language()
    {
        CultureInfo.CurrentCulture = German;

        Assert.Equal("3.9 s", SecondCount.Format(TimeSpan.FromSeconds(3.94)));
        Assert.Equal("0.25 s", SecondCount.FormatExactly(TimeSpan.FromSeconds(0.25)));
        Assert.Equal("30 s", SecondCount.FormatExactly(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_silent_registry_is_told_with_a_point()
    {
        CultureInfo.CurrentCulture = German;

        RegistryAccess access = SettingsTexts.Check(
            SettingsTexts.Valid with { Timeout = TimeSpan.FromSeconds(1.5) }).Source;
        RegistryFaults faults = new(access, WireRequest.ForTags("ee", "ee/tags/list"), access.Host);

        Assert.Contains(" was silent for 1.5 s after ", faults.Silent().Message, StringComparison.Ordinal);
    }

    private static CultureInfo MakeGerman()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        return culture;
    }

    [GeneratedRegex(@"in \d+\.\d s[.:]", RegexOptions.None, 1000)]
    private static partial Regex Seconds();

    [GeneratedRegex(@"\d,\d", RegexOptions.None, 1000)]
    private static partial Regex Comma();
}
