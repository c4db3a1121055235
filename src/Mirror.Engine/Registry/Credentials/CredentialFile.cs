using System.Text.Json;
using Mirror.Engine.Oci;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Credentials;

/// <summary>
/// What Docker's <c>config.json</c> or Podman's <c>auth.json</c> says of credentials. Both have one form, but only
/// Docker's names a helper for all registries.
/// </summary>
internal sealed class CredentialFile
{
    private readonly Dictionary<string, StoredEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _helpers = new(StringComparer.Ordinal);
    private readonly CredentialPlace _place;

    private CredentialFile(CredentialPlace place) => _place = place;

    /// <summary>The helper for registries that have none of their own.</summary>
    public string? Store { get; private set; }

    /// <exception cref="MirrorException">The content is not of the form (D8M2022); it is not shown.</exception>
    public static CredentialFile Parse(ReadOnlyMemory<byte> content, CredentialPlace place)
    {
        CredentialFile file = new(place);
        ReadOnlyMemory<byte> text = content.Span.StartsWith("\uFEFF"u8) ? content[3..] : content;
        if (text.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            // Docker takes an empty file as an empty configuration; /dev/null is used so.
            return file;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text, OciLimits.Json);
            file.Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            // Not as inner exception, whose text may quote the file.
            throw new MirrorException(place.Unusable($"it is not JSON (line {exception.LineNumber + 1})"));
        }
        catch (InvalidOperationException)
        {
            throw new MirrorException(place.Unusable("it holds a string that is not valid Unicode"));
        }

        return file;
    }

    /// <summary>The helper that keeps the secrets of this registry alone.</summary>
    public string? HelperOf(RegistryAccess access) => CredentialKey.HostsOf(access)
        .Select(host => _helpers.GetValueOrDefault(host)).FirstOrDefault(name => name is not null);

    /// <summary>The login for a repository: of the longest key that covers it.</summary>
    /// <exception cref="MirrorException">Its entry is unusable (D8M2022).</exception>
    public RegistryLogin? Find(RegistryAccess access, string repository)
    {
        foreach (string key in CredentialKey.CandidatesFor(access, repository))
        {
            if (_entries.GetValueOrDefault(key) is { } entry)
            {
                if (entry.Flaw is { } flaw)
                {
                    throw new MirrorException(_place.Unusable($"for {key}, {flaw}"));
                }

                if (entry.Login is { } login)
                {
                    return login;
                }
            }
        }

        return null;
    }

    private void Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new MirrorException(_place.Unusable("it is not a JSON object"));
        }

        foreach ((string key, JsonElement value) in Members(root, "auths"))
        {
            Add(_entries, key, StoredEntry.Read(value, _place.ToString(), _place.Tool));
        }

        foreach ((string key, JsonElement value) in Members(root, "credHelpers"))
        {
            Add(_helpers, key, Name(value, "credHelpers"));
        }

        if (_place.HasStore && root.TryGetProperty("credsStore", out JsonElement store)
            && store.ValueKind != JsonValueKind.Null)
        {
            string name = Name(store, "credsStore");
            Store = name.Length > 0 ? name : null;
        }
    }

    private string Name(JsonElement value, string member) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw new MirrorException(_place.Unusable($"{member} holds something that is not a string"));

    private IEnumerable<(string Key, JsonElement Value)> Members(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().Select(member => (member.Name, member.Value))
            : throw new MirrorException(_place.Unusable($"{name} is not an object"));
    }

    // The plain spelling of a key wins over addresses that mean the same.
    private static void Add<T>(Dictionary<string, T> map, string key, T value)
    {
        string normal = CredentialKey.Normalize(key);
        if (normal == key || !map.ContainsKey(normal))
        {
            map[normal] = value;
        }
    }
}
