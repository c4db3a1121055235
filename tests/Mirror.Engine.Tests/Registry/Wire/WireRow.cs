using System.Text.Json;

namespace Mirror.Engine.Tests.Registry.Wire;

/// <summary>One row of <c>wire-table.json</c>; docs of the columns are in <see cref="WireScript"/> and below.</summary>
internal sealed record WireRow
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    public required string Id { get; init; }

    /// <summary>What the client is asked to do (<see cref="WireAsk"/>).</summary>
    public required string Ask { get; init; }

    /// <summary>What the registry answers, request by request; the last answer serves all further ones.</summary>
    public required string[] Self { get; init; }

    /// <summary>What another host answers: storage, a token service.</summary>
    public string[] Other { get; init; } = ["500"];

    /// <summary>What comes out: content by its name, a word, or the code of the fault.</summary>
    public required string Expect { get; init; }

    /// <summary>The requests to the registry, all of them, with range and login.</summary>
    public string[]? Asked { get; init; }

    /// <summary>The requests to the other host.</summary>
    public string[]? OtherAsked { get; init; }

    /// <summary>How many requests the registry got.</summary>
    public int? Count { get; init; }

    /// <summary>The pauses between attempts in seconds of the fake clock, to the second.</summary>
    public double[]? Waits { get; init; }

    /// <summary>How many pauses there were.</summary>
    public int? Pauses { get; init; }

    /// <summary>What the fault's message or advice says.</summary>
    public string[] Says { get; init; } = [];

    /// <summary>The login, as <c>user:password</c>.</summary>
    public string? Login { get; init; }

    /// <summary>The limit on silence in seconds; none by default.</summary>
    public int? Timeout { get; init; }

    /// <summary>Where the client thinks the registry is; by default where it is.</summary>
    public string? Host { get; init; }

    /// <summary>Ask by HTTPS.</summary>
    public bool Https { get; init; }

    /// <summary>The name in the registry's certificate; without one it is a plain server.</summary>
    public string? Certificate { get; init; }

    /// <summary>Whether the client trusts the CA of that certificate.</summary>
    public bool Trusts { get; init; } = true;

    /// <summary>The registry's server is the proxy, not the registry.</summary>
    public bool IsProxy { get; init; }

    /// <summary>The cases of pull-cases.json and push-cases.json that this row runs.</summary>
    public string[] Cases { get; init; } = [];

    /// <summary>Token services that are allowed besides the registry.</summary>
    public string[] Realms { get; init; } = [];

    public static IReadOnlyDictionary<string, WireRow> Table { get; } = Read();

    private static Dictionary<string, WireRow> Read()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Registry", "Wire", "wire-table.json");
        WireRow[] rows = JsonSerializer.Deserialize<WireRow[]>(File.ReadAllBytes(path), Options)!;
        return rows.ToDictionary(row => row.Id, StringComparer.Ordinal);
    }
}
