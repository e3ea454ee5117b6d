using System.Buffers.Binary;
using GmmNative.Errors;
using GmmNative.Files.Bytes;
using GmmNative.Files.Numbers;
using GmmNative.Files.Utterances;

namespace GmmNative.Files.Htk;

/// <summary>
/// Reads HTK feature files: a header of twelve bytes, then samples as 32-bit floating-point numbers or as scaled 16-bit integers, then
/// optionally a checksum.
/// </summary>
internal sealed class HtkFeatures
{
    /// <summary>The length of the header.</summary>
    public const int HeaderLength = 12;

    private const int BaseKindMask = 0x3F;
    private const int Waveform = 0;
    private const int ReflectionIntegers = 5;
    private const int Discrete = 10;
    private const int CompressedFlag = 0x400;
    private const int ChecksumFlag = 0x1000;

    // The scales of a compressed file are two floating-point numbers per coordinate, which are counted as four samples of integers.
    private const int SamplesOfScales = 4;
    private const float ReflectionScale = 32767;

    private readonly ByteSource _bytes;
    private readonly bool _bigEndian;
    private readonly long _samples;
    private readonly int _sampleSize;
    private readonly int _kind;

    private HtkFeatures(ByteSource bytes, bool bigEndian)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        bytes.Read(0, header);
        _bytes = bytes;
        _bigEndian = bigEndian;
        _samples = bigEndian ? BinaryPrimitives.ReadInt32BigEndian(header) : BinaryPrimitives.ReadInt32LittleEndian(header);
        _sampleSize = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(header[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
        _kind = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(header[10..]) : BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
    }

    private bool IsCompressed => (_kind & CompressedFlag) != 0;

    private bool IsPacked => IsCompressed || (_kind & BaseKindMask) == ReflectionIntegers;

    private int ChecksumLength => (_kind & ChecksumFlag) != 0 ? sizeof(ushort) : 0;

    /// <summary>Finds the matrix of a file, and verifies the checksum if the file has one.</summary>
    /// <param name="bytes">The file.</param>
    /// <returns>The matrix.</returns>
    /// <exception cref="FileProblemException">
    /// The file contains no features, its sizes do not agree, or its checksum is wrong.
    /// </exception>
    public static MatrixSegment Read(ByteSource bytes)
    {
        if (bytes.Length < HeaderLength)
        {
            throw new FileProblemException($"it has {bytes.Length} bytes, fewer than the header of an HTK file.");
        }

        // HTK writes the most significant byte first, unless it is configured otherwise.
        HtkFeatures big = new(bytes, bigEndian: true);
        HtkFeatures file = big.SizesAgree || !new HtkFeatures(bytes, bigEndian: false).SizesAgree
            ? big : new HtkFeatures(bytes, bigEndian: false);
        file.Check();
        return file.Matrix();
    }

    // Most programs count the scales as samples. Some do not.
    private bool SizesAgree => _samples > 0 && _sampleSize > 0
        && (_bytes.Length == ExpectedLength || (IsCompressed && _bytes.Length == ExpectedLength + ScalesLength));

    private long ExpectedLength => HeaderLength + (_samples * _sampleSize) + ChecksumLength;

    private long ScalesLength => SamplesOfScales * (long)_sampleSize;

    private void Check()
    {
        string? problem = (_kind & BaseKindMask) switch
        {
            Waveform => "it is a waveform in the HTK format, not features; compute features first, for example with HCopy.",
            Discrete => "it contains discrete symbols of a codebook (HTK's DISCRETE), not features.",
            _ => null,
        };
        int size = IsPacked ? sizeof(short) : sizeof(float);
        problem ??= _samples <= 0 ? $"its header declares {_samples} samples."
            : _sampleSize == 0 || _sampleSize % size != 0 ? $"its header declares samples of {_sampleSize} bytes, not a multiple of {size}."
            : !SizesAgree ? $"its header declares {_samples} samples of {_sampleSize} bytes, {ExpectedLength} bytes in all, but it has "
                + $"{_bytes.Length}; copy or write it again."
            : null;
        if (problem is not null)
        {
            throw new FileProblemException(problem);
        }
    }

    private MatrixSegment Matrix()
    {
        int dimension = _sampleSize / (IsPacked ? sizeof(short) : sizeof(float));
        long offset = HeaderLength + (IsCompressed ? ScalesLength : 0);
        long count = (_bytes.Length - offset - ChecksumLength) / _sampleSize;
        if (count == 0)
        {
            throw new FileProblemException("it has no samples.");
        }

        if (ChecksumLength > 0 && !HtkChecksum.IsRight(_bytes, HeaderLength, _bigEndian))
        {
            throw new FileProblemException("its checksum is wrong; copy or write it again.");
        }

        if (!IsPacked)
        {
            return new NumbersSegment(_bytes, offset, new NpyElementType('f', sizeof(float), DataIsBigEndian(offset)), count, dimension);
        }

        float[] scales = new float[dimension];
        float[] shifts = new float[dimension];
        if (IsCompressed)
        {
            ReadScales(HeaderLength, scales);
            ReadScales(HeaderLength + ((long)dimension * sizeof(float)), shifts);
        }
        else
        {
            Array.Fill(scales, ReflectionScale);
        }

        int zero = Array.FindIndex(scales, scale => scale == 0 || !float.IsFinite(scale));
        return zero < 0
            ? new HtkCompressedSegment(_bytes, offset, _bigEndian, scales, shifts, count)
            : throw new FileProblemException($"the scale of coordinate {zero + 1} is {scales[zero]}; the file is damaged.");
    }

    // Some programs write the header in one byte order and the numbers in the other.
    private bool DataIsBigEndian(long offset)
    {
        byte[] start = new byte[(int)Math.Min(_bytes.Length - ChecksumLength - offset, FeatureNumbers.BytesTested)];
        _bytes.Read(offset, start);
        return FeatureNumbers.AreSensible(start, _bigEndian) || !FeatureNumbers.AreSensible(start, !_bigEndian) ? _bigEndian : !_bigEndian;
    }

    private void ReadScales(long offset, float[] scales)
    {
        byte[] bytes = new byte[scales.Length * sizeof(float)];
        _bytes.Read(offset, bytes);
        for (int i = 0; i < scales.Length; i++)
        {
            ReadOnlySpan<byte> place = bytes.AsSpan(i * sizeof(float));
            scales[i] = _bigEndian ? BinaryPrimitives.ReadSingleBigEndian(place) : BinaryPrimitives.ReadSingleLittleEndian(place);
        }
    }
}
