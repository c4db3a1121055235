using System.Net;
using System.Text;
using System.Text.Json;
using Mirror.Engine.Errors;
using Xunit;

namespace Mirror.Engine.Tests.Errors;

public sealed class RedactorTests
{
    private const string Secret = "c4nary/<p&ss>+wörd\"7";

    private readonly Redactor _redactor = new();

    public RedactorTests() => _redactor.Add(Secret);

    public static TheoryData<string> Forms =>
    [
        Secret,
        Secret.ToUpperInvariant(),
        Uri.EscapeDataString(Secret),
        Uri.EscapeDataString(Secret).ToLowerInvariant(),
        Secret.Replace("/", "%2F", StringComparison.Ordinal),
        WebUtility.HtmlEncode(Secret),
        JsonSerializer.Serialize(Secret)[1..^1],
        Encode($"license-token:{Secret}"),
        Encode($"u:{Secret}"),
        Encode(Secret),
        Encode($"xx{Secret}yyyy"),
        Encode($"u:{Secret}").Replace('+', '-').Replace('/', '_').TrimEnd('='),
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_secret_is_replaced_in_every_form_that_a_server_may_repeat(string form)
    {
        string redacted = _redactor.Redact($"It says: \"auth {form} is wrong\".");

        Assert.Equal($"It says: \"auth {Redactor.Mark} is wrong\".", redacted);
    }

    [Theory]
    [InlineData("nothing of it")]
    [InlineData("c4nary alone")]
    [InlineData("100%25 of a%2Fb &amp; \\u0041 stay as they are")]
    public void Other_texts_stay_as_they_are(string text) => Assert.Same(text, _redactor.Redact(text));

    [Fact]
    public void A_fault_keeps_the_settings_that_it_names_and_loses_the_secret_in_their_values()
    {
        Fault fault = new Fault("D8M1002", $"{SettingName.Source} is {Secret}.", $"Set {SettingName.Insecure}.")
            .WithValue(Secret);

        Fault redacted = _redactor.Redact(fault);

        Assert.Equal(
            [new SettingReference("Source", Redactor.Mark), new SettingReference("Insecure")], redacted.Settings);
        Assert.Equal($"<Source> is {Redactor.Mark}. Set <Insecure>.", redacted.TextFor(member => $"<{member}>"));
    }

    [Fact]
    public void What_is_shorter_than_four_characters_is_no_secret()
    {
        _redactor.Add("abc");
        _redactor.Add("");
        _redactor.Add(null);

        Assert.Equal("abc", _redactor.Redact("abc"));
    }

    [Fact]
    public void The_longer_of_two_secrets_is_replaced_whole()
    {
        _redactor.Add("word-1");
        _redactor.Add("my-word-1-long");

        Assert.Equal("*** ***", _redactor.Redact("my-word-1-long word-1"));
    }

    [Fact]
    public void Tokens_are_replaced_and_the_oldest_are_forgotten()
    {
        for (int number = 0; number < 600; number++)
        {
            _redactor.AddToken($"token-{number:D4}");
        }

        Assert.Equal("*** token-0000", _redactor.Redact("token-0599 token-0000"));
    }

    [Fact]
    public void Faults_and_exceptions_lose_it_and_a_cause_that_repeats_it_is_dropped()
    {
        MirrorException exception = new(
            new Fault(FaultCode.ProxyFailed, $"a {Secret}", $"b {Secret}"),
            new InvalidOperationException("outer", new IOException($"tunnel http://u:{Secret}@host")));

        MirrorException redacted = _redactor.Redact(exception);

        Assert.Equal(new Fault(FaultCode.ProxyFailed, "a ***", "b ***"), Assert.Single(redacted.Faults));
        Assert.DoesNotContain("c4nary", redacted.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_exception_without_a_secret_stays_with_its_cause()
    {
        MirrorException exception = new(new Fault(FaultCode.ProxyFailed, "a", "b"), new IOException("c"));

        Assert.Same(exception, _redactor.Redact(exception));
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
