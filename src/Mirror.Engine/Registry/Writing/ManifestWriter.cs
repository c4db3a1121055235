using System.Net;
using System.Net.Http.Headers;
using Mirror.Engine.Registry.Reading;
using Mirror.Engine.Registry.Sending;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Writing;

/// <summary>
/// Puts manifests into repositories, their bytes unchanged (docs/behaviour/wire.md#writing-manifests).
/// </summary>
internal sealed class ManifestWriter(RegistryAccess access, RequestSender sender)
{
    private const string SubjectHeader = "OCI-Subject";

    /// <summary>
    /// Writes a manifest under a tag or its digest. True: the registry itself lists it among those who refer to its
    /// subject (distribution-spec 1.1, "Pushing Manifests with Subject").
    /// </summary>
    /// <exception cref="MirrorException">
    /// The registry failed, refused it, or says that it holds something else (D8M5004).
    /// </exception>
    public Task<bool> WriteAsync(
        string repository,
        string target,
        ReadOnlyMemory<byte> manifest,
        string mediaType,
        Digest digest,
        CancellationToken cancellationToken)
    {
        RegistryRequest request = RegistryRequest.ForManifestWrite(repository, target, Body);
        return sender.SendAsync(
            request,
            static status => status is HttpStatusCode.Created or HttpStatusCode.Accepted or HttpStatusCode.NoContent,
            (response, _) =>
            {
                bool isOther = Digest.TryParse(response.Header(ManifestRequests.DigestHeader), out Digest stored)
                    && stored.Algorithm == digest.Algorithm && stored != digest;
                return isOther
                    ? throw new MirrorException(new RegistryFaults(access, request, response.Address.Authority)
                        .NotAsPushed(digest.ToString(), stored.ToString()))
                    : Task.FromResult(response.Header(SubjectHeader) is not null);
            },
            cancellationToken);

        HttpContent Body()
        {
            ReadOnlyMemoryContent content = new(manifest);
            content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
            return content;
        }
    }
}
