using System.Collections.Concurrent;
using Mirror.Engine.Disk;
using Mirror.Engine.Events;
using Mirror.Engine.Oci;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Credentials;

/// <summary>
/// The credentials that Docker and Podman keep on this machine (docs/settings.md#which-credential). No file is read and
/// no helper is run before a registry asks for a login that no setting gives; then each once.
/// </summary>
internal sealed class CredentialStores(
    RunEnvironment environment, IDisk disk, HelperCredentials helper, EventSink events)
{
    private readonly ImmutableArray<CredentialPlace> _places = [.. CredentialPlace.FindAll(environment)];
    private readonly Memo<CredentialPlace, CredentialFile?> _files = new();
    private readonly Memo<(CredentialPlace Place, string Name, string Server), RegistryLogin?> _helped = new();
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    /// <summary>The login for a repository; <see langword="null"/> when nobody keeps one.</summary>
    /// <exception cref="MirrorException">
    /// A file that had to be asked is unusable (D8M2022), or its helper is missing (D8M2023) or failed (D8M2024).
    /// </exception>
    public async Task<RegistryLogin?> FindAsync(
        RegistryAccess access, string repository, CancellationToken cancellationToken)
    {
        foreach (CredentialPlace place in _places)
        {
            if (await FindAsync(place, access, repository, cancellationToken).ConfigureAwait(false) is { } login)
            {
                login.AddSecrets(events.Secrets);
                string used = $"{access.Host} asks for a login; used is {login.Origin}.";
                if (_told.TryAdd(used, true))
                {
                    events.Milestone(used);
                }

                return login;
            }
        }

        string none = $"{access.Host} asks for a login; no setting gives one, and neither Docker nor Podman keeps one.";
        if (_told.TryAdd(none, true))
        {
            events.Decision(none);
        }

        return null;
    }

    private async Task<RegistryLogin?> FindAsync(
        CredentialPlace place, RegistryAccess access, string repository, CancellationToken cancellationToken)
    {
        CredentialFile? file = await _files.GetAsync(
            place, token => ReadAsync(place, token), static _ => true, cancellationToken).ConfigureAwait(false);
        return file is null ? null
            : await HelpedAsync(file.HelperOf(access), place, access, cancellationToken).ConfigureAwait(false)
            ?? await HelpedAsync(file.Store, place, access, cancellationToken).ConfigureAwait(false)
            ?? file.Find(access, repository);
    }

    private async Task<RegistryLogin?> HelpedAsync(
        string? name, CredentialPlace place, RegistryAccess access, CancellationToken cancellationToken)
    {
        string server = CredentialKey.ServerOf(access);
        return name is null ? null : await _helped.GetAsync(
            (place, name, server),
            token => helper.GetAsync(name, server, place, token),
            static _ => true,
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<CredentialFile?> ReadAsync(CredentialPlace place, CancellationToken cancellationToken)
    {
        if (!Path.IsPathFullyQualified(place.Path))
        {
            throw new MirrorException(place.Unusable("it is not named by a full path"));
        }

        byte[]? content = null;
        try
        {
            await DiskWork.RunAsync([place], (_, _) => content = Read(place), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception) || exception is NotSupportedException)
        {
            throw new MirrorException(place.Unusable($"it cannot be read ({exception.Message})"), exception);
        }

        return content is null ? null : CredentialFile.Parse(content, place);
    }

    private byte[]? Read(CredentialPlace place)
    {
        if (!place.IsRequired && !disk.FileExists(place.Path))
        {
            return null;
        }

        return SmallFile.Read(place.Path, OciLimits.CredentialFileBytes);
    }
}
